"""The command line as a person meets it: words in, exit code and output back."""

import json
from typing import NamedTuple

import pytest

from app.__main__ import main


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(capsys, places):
    def run(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
