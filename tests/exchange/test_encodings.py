"""The older encodings on a few sentences of news in many languages, none of them repeated."""

import pytest

from app.domain.errors import UserError
from app.exchange.encodings import check_encoding, decode

NEWS = {
    "pl": (
        "Burmistrz powiedział w czwartek, że most zostanie otwarty przed zimą. Mieszkańcy czekają "
        "już dwanaście dni na ciężarówki z żywnością, a dzieci śpią w namiotach nad rzeką. Rząd "
        "obiecał pomoc, lecz nikt nie wie, kiedy nadejdzie."
    ),
    "cs": (
        "Starosta ve čtvrtek řekl, že most bude otevřen ještě před zimou. Obyvatelé čekají už "
        "dvanáct dní na nákladní auta s potravinami a děti spí ve stanech u řeky. Vláda slíbila "
        "pomoc, ale nikdo neví, kdy přijde."
    ),
    "hu": (
        "A polgármester csütörtökön azt mondta, hogy a hidat még a tél előtt megnyitják. A lakók "
        "tizenkét napja várnak az élelmiszert szállító teherautókra, a gyerekek pedig sátrakban "
        "alszanak a folyó mellett. A kormány segítséget ígért, de senki sem tudja, mikor érkezik. A "
        "szűk út fölött őrök állnak."
    ),
    "ru": (
        "Мэр сообщил в четверг, что мост откроют до начала зимы. Жители уже двенадцать дней ждут "
        "грузовики с продовольствием, а дети ночуют в палатках у реки."
    ),
    "uk": (
        "Мер повідомив у четвер, що міст відкриють до початку зими. Мешканці вже дванадцять днів "
        "чекають на вантажівки з їжею, а діти ночують у наметах біля річки. Ґанок школи зруйновано."
    ),
    "de": (
        "Der Bürgermeister sagte am Donnerstag, die Brücke werde noch vor dem Winter geöffnet. Die "
        "Bewohner warten seit zwölf Tagen auf Lastwagen, und die Kinder schlafen draußen in Zelten."
    ),
    "fr": (
        "Le maire a déclaré jeudi que le pont serait rouvert avant l’hiver. Les habitants attendent "
        "depuis douze jours les camions chargés de vivres, et des élèves dorment sous des tentes. « "
        "Ça suffit », a répété une mère."
    ),
    "es": (
        "El alcalde declaró el jueves que el puente se abrirá antes del invierno. Los niños duermen "
        "en tiendas junto al río. ¿Cuándo llegará la ayuda?, preguntó una mujer mayor. Mañana, "
        "respondió él."
    ),
    "el": (
        "Ο δήμαρχος δήλωσε την Πέμπτη ότι η γέφυρα θα ανοίξει πριν από τον χειμώνα. Οι κάτοικοι "
        "περιμένουν εδώ και δώδεκα ημέρες τα φορτηγά με τα τρόφιμα."
    ),
    "tr": (
        "Belediye başkanı perşembe günü köprünün kış gelmeden açılacağını söyledi. İnsanlar on iki "
        "gündür yiyecek taşıyan kamyonları bekliyor, çocuklar ise nehir kıyısındaki çadırlarda "
        "uyuyor."
    ),
    "he": (
        "ראש העיר אמר ביום חמישי כי הגשר ייפתח לפני החורף. התושבים ממתינים כבר שנים עשר ימים למשאיות "
        "המזון, והילדים ישנים באוהלים ליד הנהר."
    ),
    "ar": (
        "قال رئيس البلدية يوم الخميس إن الجسر سيفتح قبل حلول الشتاء. وينتظر السكان منذ اثني عشر يوما "
        "شاحنات الغذاء، بينما ينام الأطفال في خيام قرب النهر."
    ),
    "zh": (
        "市长星期四表示，大桥将在冬季之前开放。居民等待运送粮食的卡车已有十二天，孩子们睡在河边的帐篷"
        "里。政府答应提供帮助，但没有人知道什么时候能到。"
    ),
    "tw": (
        "市長星期四表示，大橋將在冬季之前開放。居民等待運送糧食的卡車已有十二天，孩子們睡在河邊的帳篷"
        "裡。政府答應提供幫助，但沒有人知道什麼時候能到。"
    ),
    "ja": (
        "市長は木曜日、橋は冬の前に開通すると述べた。住民は食料を積んだトラックを十二日間も待っており"
        "、子どもたちは川沿いのテントで寝ている。"
    ),
    "ko": (
        "시장은 목요일에 다리가 겨울이 오기 전에 열릴 것이라고 말했다. 주민들은 식량을 실은 트럭을 "
        "열이틀째 기다리고 있으며 아이들은 강가의 천막에서 잠을 잔다."
    ),
}
ENCODINGS = [
    ("cp1250", "pl cs hu"),
    ("iso8859_2", "pl cs hu"),
    ("cp1251", "ru uk"),
    ("koi8_r", "ru"),
    ("koi8_u", "uk"),
    ("cp1252", "de fr es"),
    ("cp1253", "el"),
    ("cp1254", "tr"),
    ("cp1255", "he"),
    ("cp1256", "ar"),
    ("gb18030", "zh"),
    ("big5", "tw"),
    ("shift_jis", "ja"),
    ("euc_jp", "ja"),
    ("iso2022_jp", "ja"),
    ("euc_kr", "ko"),
]
WRITTEN = [(encoding, language) for encoding, languages in ENCODINGS for language in languages.split()]


@pytest.mark.parametrize(("encoding", "language"), WRITTEN)
def test_a_few_sentences_of_news_are_enough(encoding, language):
    text = NEWS[language]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(("encoding", "language"), WRITTEN)
def test_a_single_sentence_is_enough(encoding, language):
    text = NEWS[language]
    first = text[: min(at for at in (text.find(". "), text.find("。")) if at > 0) + 1]
    assert decode(first.encode(encoding)).text == first


@pytest.mark.parametrize(("encoding", "language"), WRITTEN)
def test_news_in_a_table_with_english_around_is_recognised(encoding, language):
    table = f"id,title,text\n1,Bridge,{NEWS[language]}\n" + "2,None,Nothing more was said that day.\n" * 300
    assert decode(table.encode(encoding)).text == table


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("МЭР СООБЩИЛ В ЧЕТВЕРГ, ЧТО МОСТ ОТКРОЮТ", "koi8_r"),
        ("МЭР СООБЩИЛ В ЧЕТВЕРГ, ЧТО МОСТ ОТКРОЮТ", "cp1251"),
        ("He said “we’re done” – and the café closed.", "cp1252"),
        ("At 20°C, as § 5 has it.", "cp1252"),
        ("La città è più sicura, perché così ha detto il sindaco.", "cp1252"),
        ("Statsministern säger att bron öppnar före vintern på lördag.", "cp1252"),
        ("Gradonačelnik je rekao da će most biti otvoren prije zime, što žitelji čekaju.", "cp1250"),
        ("Meras sakė, kad tiltas bus atidarytas prieš žiemą, gyventojai laukia jau dvylika dienų.", "cp1257"),
        ("นายกเทศมนตรีกล่าวเมื่อวันพฤหัสบดีว่าสะพานจะเปิดก่อนฤดูหนาว", "cp874"),
    ],
)
def test_headlines_and_a_few_accents_are_recognised(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("language", ["fr", "ru", "zh", "tr", "pl"])
def test_utf_8_with_a_bad_byte_is_refused_and_the_byte_named(language):
    data = b"Title\n" + NEWS[language].encode()
    at = len(("Title\n" + NEWS[language][:40]).encode())
    with pytest.raises(UserError) as caught:
        decode(data[:at] + b"\xe9 " + data[at:])
    assert str(caught.value) == (
        f"the file is UTF-8, but byte {at + 1} (in line 2) is not. "
        "Save it again as UTF-8, or choose its encoding when you import it."
    )


def test_a_chosen_encoding_is_taken():
    data = "Żółw".encode("cp1250")
    assert decode(data, "cp1250") == ("Żółw", "Windows-1250")
    assert decode(data, "windows-1252").text == "¯ó³w"
    assert decode("é".encode("utf-16"), "UTF-16") == ("é", "UTF-16")
    with pytest.raises(UserError, match=r"was to be read as UTF-8, but byte 1 \(in line 1\) is not"):
        decode(data, "utf8")


@pytest.mark.parametrize(
    "name", ["nonsense", "base64", "rot13", "idna", "undefined", "unicode_escape", "a\0b", ""]
)
def test_a_name_of_no_encoding_is_refused(name):
    with pytest.raises(UserError, match="is not an encoding; take a name such as utf-8"):
        check_encoding(name)
