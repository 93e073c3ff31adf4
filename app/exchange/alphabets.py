"""How likely a text is in a language, by its letters: what tells the older encodings apart.

Every encoding makes other letters of the same bytes, and only one of them makes those of a language, in the
proportions of that language. All numbers are natural logarithms of probabilities of one character.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

_TYPOGRAPHY = "“”’„–—«»…‘•€°§‚‹›\u00a0·№©®™½£"
_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_UKRAINIAN = "оанивіерткслудпмязьбгчйхжїюцшєщфґ’"

_ALPHABETS: Mapping[str, tuple[str, ...]] = {
    "western": (
        "’“”–—é£°€§…·½",
        "éàèêçùôâîûœëïæüÿ",
        "üäößé",
        "óíáéñúü¿¡ºª",
        "ãçáéóíêõâúàôª",
        "àèòùéì",
        "äåöé",
        "øåæé",
        "áéíóðþæöúý",
        "äõöüšž",
        "éëïöüó",
        "éüöïñèáçíóê",
    ),
    "central": (
        "łóążęśćńź",
        "íáéěýřčšžůúťďňó",
        "áéöóőüíúű",
        "áíčéšžýúľťďňôäóĺŕ",
        "čšžćđ",
        "ăîşâţ",
    ),
    "turkish": ("ıüşçğöİâîû",),
    "baltic": ("ėšžųįąūčę", "āīēšūžņļčģķ", "äõüöšž"),
    "cyrillic": (_RUSSIAN, _UKRAINIAN, "аиоентрсвлпкдмзъгбучщжяцйхшюфь", "аеоинтрсјкдувлмпзгбшжчцћљњхђфџ"),
    "greek": ("αοιετσνρπυκςληίάμόέγδήθύωχβώφξζϊψΐϋΰ",),
    "hebrew": ("יוהלאתרבמשנדחעםקצפכטןגזסףץך",),
    "arabic": ("اليمنوترةبعدسفهكحقىجأشطخصئذزغضإثظءآؤًٍَُِّْ،؟؛ـ", "ایرنهدومتبسشکزگفلجخحقعپآچصطضغژذثظءئ\u200c،؟"),
    "thai": ("านรอกเงมยลวดทสตะปบคัี่้็ิืหแจพชขใไโำุูผถซ์ณธศษภฟฉญฐๆฎฤฏฆฮฬ",),
}

_IN_CAPITALS = frozenset({"cyrillic", "greek"})

_SIMPLIFIED = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性"
    "好应开它合还因由其些然"
    "前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变"
    "条只没结解问意建月公无"
    "系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流"
    "路级少图山统接知较将组"
    "见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府警民言记者报导周称示美报会援"
    "济难粮孩桥卡车"
)
_TRADITIONAL = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過"
    "子說產種面而方後多定行"
    "學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性"
    "好應開它合還因由其些然"
    "前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變"
    "條只沒結解問意建月公無"
    "系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流"
    "路級少圖山統接知較將組"
    "見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處府警言記報導週稱示美會援濟難糧孩橋卡車"
)
_JAPANESE_HAN = (
    "日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午"
    "百書先名川千水半男西電校語土木食車何南万毎白天母火右読友左休父雨会社政府者議自民田対部場合定"
    "同事業員開力立問代明動理体地方内新関係発表決実主目取現道意度作全法化市県村相調連通教最経済保"
    "戦約機近持安野党平和知家続物当世成数公信不回文氏手的性"
)
_HIRAGANA = (
    "のにるたとはしをいてがなれかでっらもすこりうまささくあきけだそつよえどめせおみちわやじろばずほべげごびひ"
)
_HANGUL = (
    "이다는의에을가고하지한로은기사도를대정인서있어자해과시일으리부나전보국제원장상만라그수민들주"
    "동공경방세여것조"
    "구했선성연스관위회발당미면발오개였된비안명계등생계재통화차요문교학무반소실신야용유지간진했않"
    "트남적요북우산치체모데중입물"
)


class Model(NamedTuple):
    """What letters a language has. `log_of` holds the frequent ones, `level` says how likely "
    "any other is."""

    log_of: Mapping[str, float]
    rest: Mapping[str, float]
    """Further kinds of character, by what `_kind` calls them."""
    prior: float = 0.0


_RARE = math.log(1e-6)
_CAPITALS = math.log(0.01)
ASCII_LIKELIHOOD = math.log(0.02)


@cache
def models(group: str) -> tuple[Model, ...]:
    """Return the languages that are written in an encoding, by the name of a group of them."""
    if group in _ALPHABETS:
        alphabets = _ALPHABETS[group]
        # Headlines are all capitals; where whole alphabets are scrambled, that must not look like another encoding.
        capitals = [letters.upper() for letters in alphabets] if group in _IN_CAPITALS else []
        return (
            *(_alphabetic(letters) for letters in alphabets),
            *(_alphabetic(letters)._replace(prior=_CAPITALS) for letters in capitals),
        )
    return (_EASTERN[group](),)


def likelihood(counts: Iterable[tuple[str, int]], group: str) -> float:
    """Return how likely characters, with how often each occurs, are in the likeliest language "
    "of a group."""
    listed = list(counts)
    return max(_likelihood(listed, model) for model in models(group))


def _likelihood(counts: Iterable[tuple[str, int]], model: Model) -> float:
    total = model.prior
    for char, count in counts:
        found = model.log_of.get(char)
        if found is None:
            found = ASCII_LIKELIHOOD if char < "\x80" else model.rest.get(_kind(char), _RARE)
        total += found * count
    return total


def _alphabetic(letters: str) -> Model:
    """Letters come with the most frequent first; capitals are twenty times as rare."""
    logs = _spread(_TYPOGRAPHY, 0.02)
    lower = _spread(letters, 0.4)
    for char, log in lower.items():
        if len(char.upper()) == 1 and not char.upper().isascii():
            logs.setdefault(char.upper(), log + math.log(0.05))
    return Model({**logs, **lower}, {})


def _spread(letters: str, share: float) -> dict[str, float]:
    """Give each letter its part of a share, falling with its rank."""
    weights = {char: 1 / (rank + 3) for rank, char in enumerate(dict.fromkeys(letters))}
    whole = sum(weights.values())
    return {char: math.log(share * weight / whole) for char, weight in weights.items()}


def _kind(char: str) -> str:
    """Return the script of a letter of East Asia, and how common it is by the rows of its standards."""
    if "\u3041" <= char <= "\u3096":
        return "hiragana"
    if "\u30a1" <= char <= "\u30fc":
        return "katakana"
    if "\uac00" <= char <= "\ud7a3":
        return "common hangul" if _row(char, "euc_kr") else "hangul"
    if "\u4e00" <= char <= "\u9fff":
        return "han"
    return ""


def _row(char: str, encoding: str) -> int:
    """Return the first byte of a character in an encoding, 0 where it is not in it."""
    try:
        return char.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0


def _chinese(frequent: str, encoding: str, common: tuple[int, int], count: int) -> Model:
    """`common` are the rows where the encoding keeps its `count` commonest characters."""
    logs = _spread("，。、“”：《》；？！（）「」『』—…０１２３４５６７８９％・　", 0.1) | _spread(
        frequent, 0.5
    )
    for point in range(0x4E00, 0xA000):
        char = chr(point)
        if char not in logs and common[0] <= _row(char, encoding) <= common[1]:
            logs[char] = math.log(0.35 / count)
    return Model(logs, {"han": math.log(0.01 / 6_000)})


def _japanese() -> Model:
    han = _chinese(_JAPANESE_HAN, "euc_jp", (0xB0, 0xCF), 2_965).log_of
    kana = _spread(
        (
            "アイウエオカキクケコサシスセソタチツテトナニネノハヒフヘホマミムメモラリルレロンーッャュョガ"
            "グゴジズデドバビブプボポ"
        ),
        0.07,
    )
    logs = {char: log - math.log(2) for char, log in han.items()} | _spread(_HIRAGANA, 0.45) | kana
    rest = {"hiragana": math.log(0.001), "katakana": math.log(0.0003), "han": math.log(0.005 / 6_000)}
    return Model(logs, rest)


def _korean() -> Model:
    logs = _spread("“”‘’·…「」『』", 0.01) | _spread(_HANGUL, 0.5)
    rest = {
        "common hangul": math.log(0.25 / 2_350),
        "hangul": math.log(0.0001 / 8_800),
        "han": math.log(0.002 / 5_000),
    }
    return Model(logs, rest)


_EASTERN = {
    "simplified": lambda: _chinese(_SIMPLIFIED, "gb2312", (0xB0, 0xD7), 3_755),
    "traditional": lambda: _chinese(_TRADITIONAL, "big5", (0xA4, 0xC6), 5_401),
    "japanese": _japanese,
    "korean": _korean,
}
