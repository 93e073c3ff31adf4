"""The verbs that change the codebook and its versions. Each is one step."""

from collections.abc import Mapping

from pydantic import Field

from app.domain.codebook import Attribute, Code
from app.domain.ids import AnnotationId, AttributeId, CodeId
from app.project.commands import Command


class Redesign(Command):
    """A change of the codebook as it is worked on; coders use it at once, and publishing makes it a version.

    Where answers that were given would have no place any longer it is refused, unless `drop_answers` says that
    they are to go. Those to a question of the same name and kind are carried over.
    """

    drop_answers: bool = False


class SaveCode(Redesign):
    """Add a code, after another below the same parent or as the last, or change one.

    A code that is known keeps its place and its attributes, which have verbs of their own.
    """

    code: Code
    after: CodeId | None = None


class MoveCode(Redesign):
    """Put a code with all below it elsewhere: below a parent or among the layers, ahead of a code or last."""

    id: CodeId
    parent: CodeId | None
    before: CodeId | None = None


class RemoveCode(Redesign):
    """Take a code with all below it out of the codebook; refused while annotations use one of them."""

    id: CodeId


class MergeCode(Redesign):
    """Make a code part of another: its annotations, whoever made them, and the codes below it move there.

    Two annotations of one coder on exactly the same words become one.
    """

    id: CodeId
    into: CodeId


class SaveAttribute(Redesign):
    """Add an attribute, after another or as the last, or change one; without a code an article variable.

    `choices` says which choice takes over the answers of one that was renamed or is gone.
    """

    code_id: CodeId | None
    attribute: Attribute
    after: AttributeId | None = None
    choices: Mapping[str, str] = Field(default_factory=dict[str, str])


class MoveAttribute(Redesign):
    """Put an attribute ahead of another or last, on the same or another code."""

    id: AttributeId
    code_id: CodeId | None
    before: AttributeId | None = None


class RemoveAttribute(Redesign):
    """Take an attribute or article variable out of the codebook."""

    id: AttributeId


class RenameCodebook(Redesign):
    """Give the codebook another name."""

    name: str = Field(max_length=200)


class PublishCodebook(Command):
    """Make the codebook as it stands the next version, with a note in words on what changed."""

    note: str = ""


class ConfirmAnnotations(Command):
    """Say that annotations of the coder at work hold under the newest version too."""

    ids: tuple[AnnotationId, ...]
