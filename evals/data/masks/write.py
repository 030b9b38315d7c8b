#!/usr/bin/env python3
"""Writes the masking test set (fixed seed): hand-written contexts in source/ x invented values.

Run:  python3 write.py          writes the *.jsonl files beside this script
      python3 write.py --check  validates the files that are there
"""

import json
import random
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
SRC = HERE / "source"
SEED = 20260912
R = random.Random(SEED)
KINDS = [
    "phone",
    "email",
    "id_number",
    "social_insurance_number",
    "bank_account",
    "plate",
    "address",
    "profile_link",
    "handle",
    "name",
]
MAX_CTX = 12


# ------------------------------------------------------------------ text styles
def strip(s):
    s = s.replace("đ", "d").replace("Đ", "D")
    return unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", s) if not (0x300 <= ord(c) <= 0x36F))
    )


TEEN = [
    ("không", ["ko", "k", "hok", "hông", "khum", "kh"]),
    ("được", ["đc", "dc", "đk"]),
    ("với", ["vs", "zới"]),
    ("gì", ["j", "zì"]),
    ("rồi", ["r", "rùi", "gòi"]),
    ("cũng", ["cg", "cũg"]),
    ("người", ["ng", "ngừi"]),
    ("trước", ["trc"]),
    ("nhiều", ["nhìu", "n`"]),
    ("vậy", ["z", "v", "zậy"]),
    ("những", ["n~"]),
    ("bây giờ", ["bjo", "bh"]),
    ("quá", ["wá", "qá"]),
    ("công ty", ["cty", "cti"]),
    ("biết", ["bít", "bik"]),
    ("nhé", ["nka", "nhá"]),
    ("mình", ["mk", "mik"]),
    ("công nhân", ["cn", "cnhân"]),
    ("mọi người", ["mn", "mng"]),
    ("bảo hiểm", ["bh", "bhiểm"]),
    ("hợp đồng", ["hđ", "hd"]),
    ("điện thoại", ["đt", "dt"]),
    ("làm", ["lm"]),
    ("tháng", ["thág", "t"]),
    ("nhắn", ["nt"]),
    ("giờ", ["h"]),
    ("anh chị", ["ac", "a/c"]),
    ("chưa", ["chx", "ch"]),
    ("nhưng", ["nhg"]),
    ("trợ cấp", ["tr cấp"]),
    ("thôi", ["thui"]),
    ("nữa", ["nx"]),
    ("luôn", ["lun"]),
]


def teen(s, r):
    for a, bs in TEEN:
        if r.random() < 0.85:
            b = r.choice(bs)
            s = re.sub(r"(?<!\w)" + a + r"(?!\w)", b, s)
    return s


def typo(s, r):
    ws = [m for m in re.finditer(r"[^\W\d_]{4,}", s)]
    if not ws:
        return s
    m = r.choice(ws)
    i = r.randrange(m.start() + 1, m.end() - 1)
    how = r.random()
    if how < 0.4:
        return s[:i] + s[i + 1] + s[i] + s[i + 2 :]
    if how < 0.7:
        return s[:i] + s[i] + s[i:]
    return s[:i] + s[i + 1 :]


def style_fn(name, r):
    f = {
        "asis": lambda s: s,
        "stripped": strip,
        "lower": str.lower,
        "upper": str.upper,
        "low_strip": lambda s: strip(s).lower(),
        "teen": lambda s: teen(s, r),
        "teen_strip": lambda s: strip(teen(s, r)).lower(),
        "typo": lambda s: typo(s, r),
    }[name]
    return f


STYLES = (
    ["asis"] * 34
    + ["stripped"] * 8
    + ["low_strip"] * 20
    + ["lower"] * 8
    + ["teen"] * 14
    + ["teen_strip"] * 9
    + ["typo"] * 5
    + ["upper"] * 2
)
EMO = [
    "😭",
    "🙏",
    "❤️",
    "😂",
    "😡",
    "👍",
    "🥲",
    "😢😢",
    "🙏🙏🙏",
    "💔",
    "🔥",
    "🤦‍♀️",
    "👇",
    "☎️",
    "...",
    "!!!",
    "??",
    "ạ",
    ":((",
    "=))",
    "hic",
    "@@",
]


# ------------------------------------------------------------------ invented values
def rd(n):
    return "".join(R.choice("0123456789") for _ in range(n))


def fake(n):
    """N digits that are plainly invented: 000, 123456 or one digit repeated."""
    k = R.random()
    if n >= 7 and k < 0.2:
        core = "123456"
    elif k < 0.65 or n < 5:
        core = "000"
    elif k < 0.9:
        core = R.choice("23456789") * 4
    else:
        core = "000" + R.choice("123456789") * 2
    m = max(0, n - len(core))
    a = R.randint(0, m)
    return (rd(a) + core + rd(m - a))[:n]


MOBILE = "032 033 034 035 036 037 038 039 070 076 077 078 079 081 082 083 084 085 056 058 059 086 088 089 090 091 092 093 094 096 097 098 099".split()
OLD = "0120 0121 0122 0126 0128 0123 0124 0125 0127 0129 0162 0163 0164 0165 0166 0167 0168 0169".split()
AREA4 = "0251 0274 0222 0236 0225 0221 0220 0272 0292 0234 0238 0208 0204 0276 0254 0237".split()


def mobile():
    return R.choice(MOBILE) + fake(7)


def mob(req):
    while True:
        m = mobile()
        if all(c in m for c in req):
            return m


W = dict(zip("0123456789", "không một hai ba bốn năm sáu bảy tám chín".split()))
W2 = dict(W, **{"4": "tư", "7": "bẩy", "1": "mốt", "5": "lăm"})
W3 = dict(zip("0123456789", "hông mụt hai ba bốn năm sáu bảy tám chính".split()))
W4 = dict(W, **{"0": "ko"})


def words(d, t=W, sep=" "):
    return sep.join(t[c] for c in d)


def grp(d, sizes, sep):
    out, i = [], 0
    for s in sizes:
        out.append(d[i : i + s])
        i += s
    if i < len(d):
        out.append(d[i:])
    return sep.join(x for x in out if x)


FULL = str.maketrans("0123456789", "０１２３４５６７８９")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
CIRC = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


def keycap(d):
    return "".join(c + "\ufe0f\u20e3" for c in d)


def mixwords(d, t=W):
    return " ".join(t[c] if R.random() < 0.5 else c for c in d)


def rgrp(d):
    out = []
    i = 0
    while i < len(d):
        n = R.randint(1, 4)
        out.append(d[i : i + n])
        i += n
    return out if len(out) > 1 else [d[:4], d[4:]]


def P(s):
    return [(s, "phone")]


def phone_forms():
    f = {}
    g433, g334, g244 = (4, 3, 3), (3, 3, 4), (2, 4, 4)
    pairs = (2, 2, 2, 2, 2)
    ones = (1,) * 10
    f["plain"] = lambda: P(mobile())
    for nm, sz, sep in [
        ("space_4_3_3", g433, " "),
        ("space_3_3_4", g334, " "),
        ("space_2_4_4", g244, " "),
        ("space_pairs", pairs, " "),
        ("space_each", ones, " "),
        ("dot_4_3_3", g433, "."),
        ("dot_3_3_4", g334, "."),
        ("dot_pairs", pairs, "."),
        ("dot_each", ones, "."),
        ("dash_4_3_3", g433, "-"),
        ("dash_3_3_4", g334, "-"),
        ("dash_each", ones, "-"),
        ("slash_4_3_3", g433, "/"),
        ("comma_4_3_3", g433, ","),
        ("underscore", g433, "_"),
        ("star", g433, "*"),
        ("ellipsis", g433, "..."),
        ("ellipsis_char", g433, "…"),
        ("double_space", g433, "  "),
        ("nbsp", g433, "\u00a0"),
        ("zero_width", g433, "\u200b"),
        ("tab", g433, "\t"),
        ("dash_spaced", g433, " - "),
        ("dot_spaced", g433, " . "),
        ("en_dash", g433, "–"),
        ("tilde", g433, "~"),
        ("space_7_3", (7, 3), " "),
        ("comma_space", g334, ", "),
        ("linebreak_4_6", (4, 6), "\n"),
        ("linebreak_7_3", (7, 3), "\n"),
        ("linebreak_groups", g433, "\n"),
    ]:
        f[nm] = lambda sz=sz, sep=sep: P(grp(mobile(), sz, sep))
    f["mixed_separators"] = lambda: P((lambda m: m[:4] + "." + m[4:7] + " " + m[7:])(mobile()))
    f["random_groups"] = lambda: P(" ".join(rgrp(mobile())))
    f["paren_prefix"] = lambda: P((lambda m: f"({m[:4]}){m[4:]}")(mobile()))
    f["paren_prefix_space"] = lambda: P((lambda m: f"({m[:3]}) {m[3:6]} {m[6:]}")(mobile()))
    f["bracketed"] = lambda: [("[", None), (mobile(), "phone"), ("]", None)]
    f["quoted"] = lambda: [("'", None), (mobile(), "phone"), ("'", None)]
    f["plus84"] = lambda: P("+84" + mobile()[1:])
    f["plus84_space"] = lambda: P("+84 " + grp(mobile()[1:], (3, 3, 3), " "))
    f["plus84_dash"] = lambda: P("+84-" + grp(mobile()[1:], (3, 3, 3), "-"))
    f["plus84_dot"] = lambda: P("+84." + grp(mobile()[1:], (3, 3, 3), "."))
    f["plus84_paren0"] = lambda: P("+84(0)" + mobile()[1:])
    f["plus84_keeps_0"] = lambda: P("+84 " + mobile())
    f["plus_space_84"] = lambda: P("+ 84 " + grp(mobile()[1:], (3, 3, 3), " "))
    f["bare84"] = lambda: P("84" + mobile()[1:])
    f["bare84_space"] = lambda: P("84 " + grp(mobile()[1:], (3, 3, 3), " "))
    f["paren84"] = lambda: P("(84)" + mobile()[1:])
    f["paren_plus84"] = lambda: P("(+84) " + grp(mobile()[1:], (3, 3, 3), " "))
    f["00_84"] = lambda: P("0084" + mobile()[1:])
    f["letter_o"] = lambda: P(mobile().replace("0", "o"))
    f["letter_O"] = lambda: P(mobile().replace("0", "O"))
    f["letter_o_first_only"] = lambda: P("o" + mobile()[1:])
    f["letter_o_spaced"] = lambda: P(grp(mobile().replace("0", "o"), g433, " "))
    f["letter_l"] = lambda: P(mob("1").replace("1", "l"))
    f["letter_I"] = lambda: P(mob("1").replace("1", "I"))
    f["letters_o_l"] = lambda: P(grp(mob("1").replace("1", "l").replace("0", "o"), g433, "."))
    f["words_full"] = lambda: P(words(mobile()))
    f["words_stripped"] = lambda: P(strip(words(mobile())))
    f["words_upper"] = lambda: P(words(mobile()).upper())
    f["words_variants"] = lambda: P(words(mobile()[:1], W) + " " + words(mobile()[1:], W2))
    f["words_spoken"] = lambda: P(words(mobile(), W3))
    f["words_ko"] = lambda: P(words(mobile(), W4))
    f["words_dashed"] = lambda: P(words(mobile(), W, "-"))
    f["words_grouped"] = lambda: P((lambda m: ", ".join(words(x) for x in (m[:4], m[4:7], m[7:])))(mobile()))
    f["words_dotted_stripped"] = lambda: P(
        (lambda m: ". ".join(strip(words(x)) for x in (m[:4], m[4:7], m[7:])))(mobile())
    )
    f["mixed_words_digits"] = lambda: P(mixwords(mobile()))
    f["mixed_words_digits_stripped"] = lambda: P(strip(mixwords(mobile())))
    f["mixed_prefix_words"] = lambda: P((lambda m: words(m[:3]) + " " + grp(m[3:], (3, 4), " "))(mobile()))
    f["mixed_suffix_words"] = lambda: P((lambda m: m[:7] + " " + words(m[7:]))(mobile()))
    f["mixed_khong_first"] = lambda: P("không " + grp(mobile()[1:], (3, 3, 3), " "))
    f["count_words"] = lambda: P(f"{R.choice(MOBILE)}{R.choice('123456789')} ba số {R.choice('0268')} {rd(3)}")
    f["keycap"] = lambda: P(keycap(mobile()))
    f["keycap_spaced"] = lambda: P((lambda m: " ".join(keycap(x) for x in (m[:4], m[4:7], m[7:])))(mobile()))
    f["keycap_partial"] = lambda: P((lambda m: m[:4] + keycap(m[4:7]) + m[7:])(mobile()))
    f["fullwidth"] = lambda: P(mobile().translate(FULL))
    f["fullwidth_spaced"] = lambda: P(grp(mobile(), g433, " ").translate(FULL))
    f["math_bold"] = lambda: P(mobile().translate(BOLD))
    f["circled"] = lambda: P(mobile().translate(CIRC))
    for nm, pre, post in [
        ("glued_sdt", "sdt", ""),
        ("glued_zalo", "zalo", ""),
        ("glued_dt_colon", "đt:", ""),
        ("glued_lh", "lh", ""),
        ("glued_alo", "alo", ""),
        ("glued_so", "số", ""),
        ("glued_after_nhe", "", "nhé"),
        ("glued_after_paren", "", "(zalo)"),
        ("glued_after_word", "", "gọi"),
        ("glued_both", "sđt", "nha"),
        ("emoji_phone", "📞", "📞"),
        ("emoji_telephone", "☎️: ", " 👈"),
        ("zalo_label", "zalo: ", ""),
        ("tel_uri", "tel:", ""),
        ("trailing_dot", "", "."),
        ("hash_label", "#", ""),
        ("arrow", "->", "<-"),
    ]:
        f[nm] = lambda pre=pre, post=post: [(pre, None), (mobile(), "phone"), (post, None)]
    f["glued_spaced_sdt"] = lambda: [("sdt", None), (grp(mobile(), g433, " "), "phone")]
    for nm, sep in [
        ("two_slash", "/"),
        ("two_or", " hoặc "),
        ("two_dash", " - "),
        ("two_newline", "\n"),
        ("two_and", " và "),
        ("two_comma", ", "),
    ]:
        f[nm] = lambda sep=sep: [(mobile(), "phone"), (sep, None), (mobile(), "phone")]
    f["two_mixed_formats"] = lambda: [(grp(mobile(), g433, "."), "phone"), (" ", None), ("+84" + mobile()[1:], "phone")]
    land2 = lambda: R.choice(["024", "028"])
    f["landline_024"] = lambda: P(land2() + R.choice("36") + fake(7))
    f["landline_024_space"] = lambda: P(land2() + " " + grp(R.choice("36") + fake(7), (4, 4), " "))
    f["landline_024_paren"] = lambda: P(f"({land2()}) " + grp(R.choice("36") + fake(7), (4, 4), " "))
    f["landline_024_dot"] = lambda: P(land2() + "." + grp(R.choice("36") + fake(7), (4, 4), "."))
    f["landline_4digit_area"] = lambda: P(R.choice(AREA4) + "3" + fake(6))
    f["landline_4digit_area_dot"] = lambda: P(R.choice(AREA4) + "." + grp("3" + fake(6), (3, 4), "."))
    f["landline_4digit_area_dash"] = lambda: P(R.choice(AREA4) + "-" + "3" + fake(6))
    f["landline_plus84"] = lambda: P("+84 24 " + grp(R.choice("36") + fake(7), (4, 4), " "))
    f["no_leading_zero"] = lambda: P(mobile()[1:])
    f["no_leading_zero_space"] = lambda: P(grp(mobile()[1:], (3, 3, 3), " "))
    f["old_11_digits"] = lambda: P(R.choice(OLD) + fake(7))
    f["old_11_digits_dot"] = lambda: P(grp(R.choice(OLD) + fake(7), (4, 3, 4), "."))
    return f


PROV = "001 024 027 030 031 034 036 038 040 042 044 046 048 052 056 060 064 066 068 070 072 074 075 077 079 080 082 086 087 089 091 092 094 096".split()


def cccd():
    return (
        R.choice(PROV) + R.choice("01") * 1 + str(R.randint(66, 99)) + fake(6)
        if R.random() < 0.8
        else R.choice(PROV) + R.choice("23") + "0" + R.choice("012345") + fake(6)
    )


def cmnd():
    return R.choice(
        "024 027 031 038 161 168 173 186 191 205 212 215 221 225 261 271 272 280 281 285 301 311 321 331 341 351 361 371 381".split()
    )[:3] + fake(6)


def bhxh():
    return R.choice(
        "01 02 24 27 30 33 34 36 37 38 40 42 44 46 48 49 52 64 66 70 72 74 75 77 79 80 82 83 86 87 89 91 92 93 96".split()
    ) + fake(8)


def num_forms(kind, gen, groupings, glue, twos=True):
    """Surface forms shared by long digit strings."""
    K = lambda s: [(s, kind)]

    def has(req):
        while True:
            v = gen()
            if all(c in v for c in req):
                return v

    f = {"plain": lambda: K(gen()), "plain_b": lambda: K(gen()), "plain_c": lambda: K(gen())}
    for sz, nm in groupings:
        for sep, sn in [(" ", "space"), (".", "dot"), ("-", "dash")]:
            f[f"{sn}_{nm}"] = lambda sz=sz, sep=sep: K(grp(gen(), sz, sep))
    sz = groupings[0][0]
    for sep, sn in [
        ("/", "slash"),
        ("  ", "double_space"),
        ("\u00a0", "nbsp"),
        ("\n", "linebreak"),
        (" - ", "dash_spaced"),
        ("_", "underscore"),
        (",", "comma"),
        ("\u200b", "zero_width"),
        ("…", "ellipsis_char"),
    ]:
        f[sn] = lambda sep=sep: K(grp(gen(), sz, sep))
    f["space_each"] = lambda: K(" ".join(gen()))
    f["space_pairs"] = lambda: K(grp(gen(), (2,) * 12, " "))
    f["random_groups"] = lambda: K(" ".join(rgrp(gen())))
    f["random_groups_dot"] = lambda: K(".".join(rgrp(gen())))
    f["letter_o"] = lambda: K(has("0").replace("0", "o"))
    f["letter_O"] = lambda: K(has("0").replace("0", "O"))
    f["letter_l_o"] = lambda: K(has("01").replace("1", "l").replace("0", "o"))
    f["words"] = lambda: K(words(gen()))
    f["words_stripped"] = lambda: K(strip(words(gen())))
    f["mixed_words_digits"] = lambda: K(mixwords(gen()))
    f["mixed_prefix_words"] = lambda: K((lambda m: words(m[:3]) + " " + m[3:])(gen()))
    f["keycap"] = lambda: K(keycap(gen()))
    f["fullwidth"] = lambda: K(gen().translate(FULL))
    f["math_bold"] = lambda: K(gen().translate(BOLD))
    f["bracketed"] = lambda: [("(", None), (gen(), kind), (")", None)]
    f["quoted"] = lambda: [("“", None), (gen(), kind), ("”", None)]
    f["trailing_dot"] = lambda: [(gen(), kind), (".", None)]
    f["trailing_word"] = lambda: [(gen(), kind), (R.choice(["nhé", "nha", "ạ", "ak"]), None)]
    for i, g in enumerate(glue):
        f["glued_" + strip(re.sub(r"\W+", "", g)).lower() + str(i)] = lambda g=g: [(g, None), (gen(), kind)]
    return f


def id_forms():
    f = {}
    for k, v in num_forms(
        "id_number",
        cccd,
        [((3, 3, 3, 3), "3_3_3_3"), ((4, 4, 4), "4_4_4"), ((6, 6), "6_6"), ((3, 9), "3_9"), ((3, 1, 2, 6), "3_1_2_6")],
        ["cccd", "CCCD:", "cc", "căncước", "sốcccd:", "CC-"],
    ).items():
        f["cccd_" + k] = v
    for k, v in num_forms(
        "id_number", cmnd, [((3, 3, 3), "3_3_3"), ((2, 3, 4), "2_3_4")], ["cmnd", "CMND:", "cmt", "số", "cm"]
    ).items():
        f["cmnd_" + k] = v
    f["cccd_and_cmnd_pipe"] = lambda: [(cccd(), "id_number"), ("|", None), (cmnd(), "id_number"), ("|", None)]
    f["cccd_and_cmnd_paren"] = lambda: [(cccd(), "id_number"), (" (cmnd cũ ", None), (cmnd(), "id_number"), (")", None)]
    f["cmnd_and_cccd_slash"] = lambda: [(cmnd(), "id_number"), (" / ", None), (cccd(), "id_number")]
    f["cccd_two"] = lambda: [(cccd(), "id_number"), (" và ", None), (cccd(), "id_number")]
    return f


def bhxh_forms():
    f = num_forms(
        "social_insurance_number",
        bhxh,
        [((4, 3, 3), "4_3_3"), ((2, 4, 4), "2_4_4"), ((3, 3, 4), "3_3_4"), ((5, 5), "5_5"), ((2, 8), "2_8")],
        ["bhxh", "BHXH:", "mã", "sổ", "số:", "mabhxh", "msbhxh:"],
    )
    S = "social_insurance_number"
    f["card_prefix_dn4"] = lambda: [
        (R.choice(["DN4", "GD4", "TE1", "HT3", "CN3", "HC4"]) + R.choice(["79", "75", "74", "01", "27"]) + bhxh(), S)
    ]
    f["card_prefix_spaced"] = lambda: [
        (
            R.choice(["DN", "GD", "TE", "HT"])
            + " "
            + R.choice("1234")
            + " "
            + R.choice(["79", "75", "74", "01"])
            + " "
            + bhxh(),
            S,
        )
    ]
    f["card_prefix_lower"] = lambda: [(R.choice(["dn4", "gd4", "te1"]) + R.choice(["79", "75", "01"]) + bhxh(), S)]
    f["two_and"] = lambda: [(bhxh(), S), (" và ", None), (bhxh(), S)]
    f["two_slash"] = lambda: [(bhxh(), S), ("/", None), (bhxh(), S)]
    f["emoji"] = lambda: [("👉", None), (bhxh(), S), ("👈", None)]
    return f


BANKS = [
    ("0071000", 6),
    ("1500205", 6),
    ("6500205", 6),
    ("3141000", 7),
    ("1903", 10),
    ("1028", 8),
    ("0600", 8),
    ("0359", 5),
    ("1010", 9),
    ("2180", 4),
    ("19", 9),
    ("0421000", 6),
    ("711A", 8),
    ("5512", 9),
    ("109", 9),
    ("04", 6),
]


def bank():
    p, n = R.choice(BANKS[:-4] + BANKS[-3:])
    return p + fake(n)


def card():
    return "9704" + R.choice(["36", "15", "05", "18", "22"]) + fake(10)


def card19():
    return "9704" + R.choice(["36", "15", "05"]) + fake(13)


def bank_forms():
    B = "bank_account"
    f = num_forms(
        B,
        bank,
        [((4, 4, 4, 4), "4s"), ((3, 3, 3, 3), "3s"), ((4, 3, 3, 3), "4_3_3_3"), ((6, 6), "6s")],
        ["stk", "STK:", "tk", "số tk", "stk:", "vcb", "mb"],
    )
    f["card_16"] = lambda: [(card(), B)]
    f["card_16_space_4s"] = lambda: [(grp(card(), (4,) * 4, " "), B)]
    f["card_16_dash_4s"] = lambda: [(grp(card(), (4,) * 4, "-"), B)]
    f["card_19"] = lambda: [(card19(), B)]
    f["card_19_space"] = lambda: [(grp(card19(), (4,) * 5, " "), B)]
    f["letter_inside_711A"] = lambda: [("711A" + fake(8), B)]
    f["letter_inside_711a_spaced"] = lambda: [("711a " + grp(fake(8), (4, 4), " "), B)]
    f["short_8_9"] = lambda: [(R.choice(["4", "2", "7", "18", "26"]) + fake(7), B)]
    f["bank_name_before"] = lambda: [
        (R.choice(["VCB ", "vcb: ", "MB bank ", "agri ", "BIDV-", "Viettin ", "TCB ", "acb "]), None),
        (bank(), B),
    ]
    f["bank_name_after"] = lambda: [(bank(), B), (R.choice([" vcb", " (BIDV)", "-MB", " agribank", " vietin"]), None)]
    f["bank_slash_owner"] = lambda: [(bank(), B), (R.choice([" - ", " / ", " "]), None), (capsname(), "name")]
    f["two_or"] = lambda: [(bank(), B), (" hoặc ", None), (bank(), B)]
    f["two_newline"] = lambda: [(bank(), B), ("\n", None), (bank(), B)]
    f["phone_as_account"] = lambda: [(mobile(), B), (R.choice([" momo", " mb bank (số đt)", " zalopay"]), None)]
    return f


# ------------------------------------------------------------------ names
MALE = """An Bách Bảo Bằng Bình Ca Cảnh Chánh Chiến Chính Chung Công Cường Danh Duy Dũng Dương Đại Đạo Đạt Điền Định Đoàn Đông Đồng Đức Giáp Hải Hào Hậu Hiển Hiệp Hiếu Hiệu Hoan Hoàn Hoàng Hòa Hợp Huân Hùng Huy Hưng Hưởng Kha Khải Khang Khánh Khiêm Khoa Khôi Khương Kiên Kiệt Kỳ Lâm Lập Lộc Lợi Luân Luận Lực Lượng Mạnh Minh Nam Nghĩa Nghị Nguyên Nhân Nhất Nhật Ninh Phát Phi Phong Phú Phúc Phước Quang Quân Quốc Quyền Quyết Quý Sang Sáng Sinh Sơn Sỹ Tài Tân Thái Thành Thạch Thắng Thế Thiện Thịnh Thông Thọ Thuận Thức Tiến Tín Tính Toàn Toản Trí Triều Trung Trường Trực Tuấn Tuyên Tùng Tú Tường Vinh Vĩ Việt Vũ Vương Vượng""".split()
FEMALE = """Ái Ánh Bích Cẩm Cúc Chi Diễm Diệp Diệu Dịu Dung Duyên Đào Gấm Giang Hà Hạnh Hằng Hân Hiền Hoa Hồng Huệ Huyền Hương Hường Kiều Lan Lài Lành Lệ Liên Liễu Linh Loan Lụa Luyến Ly Lý Mai Mận Mơ My Mỹ Na Nga Ngà Ngân Ngọc Nguyệt Nhàn Nhã Nhi Nhiên Như Nhung Nở Nụ Oanh Phấn Phương Phượng Quế Quyên Quỳnh Sen Sương Tâm Thanh Thảo Thắm Thêu Thi Thoa Thơ Thơm Thu Thúy Thùy Thủy Thư Thương Tiên Tình Trà Trang Trâm Trân Trinh Trúc Tuyết Tươi Uyên Vân Vi Viên Vui Vy Xuân Xuyến Yên Yến""".split()
GIVEN = MALE + FEMALE
COMMON = "An Bình Mai Lan Hoa Hương Hạnh Phúc Thảo Dũng Công Tài Hiền Thu Nga Nhàn Thương Vui Xuân Lành Tình Thơm Sinh Sáng Tính Luận Thanh Minh Nam Đông Trang Sơn Thành Hồng Quý Sang Phương Loan Liên Hà Tiến Mơ Vân Đào Sen Nở".split()
DOUBLE = [
    "Ngọc Lan",
    "Thanh Mai",
    "Bảo Châu",
    "Kim Ngân",
    "Minh Thư",
    "Hồng Nhung",
    "Thu Hà",
    "Thúy Kiều",
    "Phương Thảo",
    "Mỹ Duyên",
    "Cẩm Tú",
    "Gia Bảo",
    "Quốc Việt",
    "Thanh Tùng",
    "Hữu Phước",
    "Bích Ngọc",
    "Kiều Oanh",
    "Tường Vi",
    "Diễm My",
    "Hải Yến",
    "Lan Anh",
    "Ngọc Ánh",
    "Quỳnh Như",
    "Tuấn Anh",
    "Đức Anh",
    "Kim Loan",
    "Ánh Tuyết",
    "Thùy Dương",
    "Hoài Thương",
    "Anh Thư",
    "Mai Phương",
    "Út Mười",
    "Bé Năm",
    "Xuân Hòa",
]
FAMILY = (
    ["Nguyễn"] * 12
    + ["Trần"] * 6
    + ["Lê"] * 6
    + ["Phạm"] * 4
    + ["Huỳnh"] * 3
    + ["Hoàng"] * 3
    + ["Phan"] * 3
    + ["Vũ"] * 2
    + ["Võ"] * 3
    + ["Đặng"] * 3
    + ["Bùi"] * 3
    + ["Đỗ"] * 3
    + ["Hồ"] * 2
    + ["Ngô"] * 2
    + ["Dương"] * 2
    + "Lý Đinh Trương Lâm Mai Đoàn Cao Tô Tạ Hà Trịnh Lương Thái Châu Đào Quách Kiều Nghiêm Phùng Tăng Mạc Doãn Bành Khổng Lưu Vi Nông La Thân Từ Văn Chu Diệp".split()
)
MID_M = [
    "Văn"
] * 8 + "Hữu Đức Quốc Minh Thanh Công Đình Xuân Ngọc Tấn Hoàng Trọng Duy Thành Bá Quang Viết Huy Anh Mạnh".split()
MID_F = ["Thị"] * 9 + "Ngọc Thu Kim Thanh Mỹ Bích Hồng Thùy Phương Kiều Cẩm Tuyết Như Khánh Diễm Ánh".split()
MINOR = [
    "Y Bhăm Niê",
    "Y Thuên Êban",
    "H'Nhi Niê",
    "H Lan Mlô",
    "Thào A Dếnh",
    "Giàng Thị Súa",
    "Vàng A Páo",
    "Sùng Thị Mỷ",
    "Lò Văn Ến",
    "Quàng Thị Inh",
    "Lường Văn Pản",
    "Tòng Thị Bun",
    "Thạch Sa Rươl",
    "Sơn Thị Đa Ri",
    "Kim Sà Phiên",
    "Danh Hươl",
    "Ma Seo Phừ",
    "Hạng A Lềnh",
    "Cứ Thị Chía",
    "Cà Văn Pỏm",
    "Hoàng Seo Lử",
    "Lý Láo Sử",
    "Phàn Tả Mẩy",
    "Chảo Mùi Khé",
    "A Blưới",
    "Đinh Y Vheo",
    "Rơ Châm Hnhip",
    "K'Brẽo",
    "Ka Dhiu",
    "Hồ A Rẻo",
    "Pơ Loong Tíu",
    "Châu Sóc Vone",
    "Neáng Sóc Khone",
    "Mùa Thị Dủa",
    "Lầu Bá Chò",
    "Moong Thị Nhép",
    "Cụt Văn Hoằng",
    "Vi Thị Pành",
]
FAMOUS = {
    "Hồ Chí Minh",
    "Nguyễn Văn Linh",
    "Lê Hồng Phong",
    "Nguyễn Văn Trỗi",
    "Phạm Văn Đồng",
    "Nguyễn Đức Cảnh",
    "Lê Văn Tám",
    "Lê Duẩn",
    "Võ Văn Kiệt",
    "Trần Đại Quang",
    "Nguyễn Xuân Phúc",
    "Phạm Minh Chính",
    "Trần Quang Khải",
    "Nguyễn Minh Triết",
    "Lê Quý Đôn",
    "Hoàng Văn Thụ",
    "Phan Văn Khải",
    "Nguyễn Tấn Dũng",
    "Lê Minh Hưng",
    "Lương Cường",
    "Trần Thanh Mẫn",
    "Võ Văn Thưởng",
    "Nguyễn Phú Trọng",
    "Tô Lâm",
    "Phan Thanh Giản",
    "Vương Đình Huệ",
    "Nguyễn Thị Kim Ngân",
    "Chu Văn An",
    "Lê Văn Thịnh",
    "Võ Thị Sáu",
    "Phạm Ngọc Thạch",
    "Hoàng Văn Thái",
    "Lê Văn Duyệt",
    "Phan Văn Giang",
}


def build_names():
    r = random.Random(SEED + 7)
    pool, seen = [], set()
    while len(pool) < 430:
        male = r.random() < 0.48
        fam = r.choice(FAMILY)
        g = r.choice(MALE if male else FEMALE)
        m = r.choice(MID_M if male else MID_F)
        if m == g or fam == g:
            continue
        n = f"{fam} {m} {g}"
        if n in seen or n in FAMOUS:
            continue
        seen.add(n)
        pool.append(n)
    two, four = [], []
    while len(two) < 40:
        n = f"{r.choice(FAMILY)} {r.choice(GIVEN)}"
        if n not in seen and n not in FAMOUS and len(set(n.split())) == 2:
            seen.add(n)
            two.append(n)
    while len(four) < 60:
        fam = r.choice(FAMILY)
        n = r.choice(
            [
                f"{fam} Thị {r.choice(DOUBLE[:24])}",
                f"{fam} {r.choice(['Phạm', 'Lê', 'Trần', 'Hoàng', 'Ngọc', 'Thị'])} {r.choice(MID_F[9:])} {r.choice(FEMALE)}",
                f"{fam} {r.choice(['Nguyễn', 'Văn', 'Trần', 'Hữu'])} {r.choice(MID_M[8:])} {r.choice(MALE)}",
            ]
        )
        if n not in seen and n not in FAMOUS and len(set(n.split())) == 4:
            seen.add(n)
            four.append(n)
    return pool, two, four


POOL3, POOL2, POOL4 = build_names()


class Cycle:
    """walks a shuffled list so that every value gets used."""

    def __init__(self, xs, salt):
        self.r = random.Random(SEED + salt)
        self.xs, self.i = list(xs), 0
        self.r.shuffle(self.xs)

    def __call__(self):
        v = self.xs[self.i % len(self.xs)]
        self.i += 1
        return v


full3, full2, full4 = Cycle(POOL3, 1), Cycle(POOL2, 2), Cycle(POOL4, 3)
given, common, dbl, minor = Cycle(GIVEN, 4), Cycle(COMMON, 5), Cycle(DOUBLE, 6), Cycle(MINOR, 8)


def anyfull():
    k = R.random()
    return full3() if k < 0.85 else full2() if k < 0.92 else full4()


def capsname():
    return strip(anyfull()).upper()


TITLES = (
    ["anh"] * 6
    + ["chị"] * 6
    + ["chú"] * 3
    + ["cô"] * 3
    + ["ông"] * 3
    + ["bà"] * 3
    + ["em"] * 2
    + ["sếp"] * 3
    + ["quản lý"] * 2
    + ["tổ trưởng"] * 3
    + [
        "bác",
        "dì",
        "cậu",
        "thầy",
        "chuyền trưởng",
        "giám đốc",
        "tổ phó",
        "kế toán",
        "bạn",
        "trưởng phòng",
        "bảo vệ",
        "quản đốc",
        "nhân sự",
        "anh quản lý",
        "chị kế toán",
        "cô tổ trưởng",
        "thằng",
        "con",
        "nhỏ",
        "chế",
        "ông sếp",
        "bà chủ",
        "chị tổ trưởng",
        "anh bảo vệ",
        "má",
        "thím",
        "mợ",
        "ông chủ",
        "chị nhân sự",
        "mẹ",
        "ông thầu",
    ]
)
ABBR = ["a", "c", "e", "A.", "C.", "a.", "c.", "A", "C", "qly", "tt", "QL", "b", "ac", "tổ tr"]
TELEX = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
TONE = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


def telex(name):
    out = []
    for w in name.split():
        d = unicodedata.normalize("NFD", w)
        tone = "".join(TONE[c] for c in d if c in TONE)
        base = unicodedata.normalize("NFC", "".join(c for c in d if c not in TONE))
        s = ""
        for c in base:
            t = TELEX.get(c.lower(), c.lower())
            s += t.capitalize() if c.isupper() else t
        out.append(s + tone)
    return " ".join(out)


def abbrev(n):
    p = n.split()
    fam, mid, g = p[0], p[1:-1], p[-1]
    m = " ".join(x[0] + "." for x in mid)
    fs = "Ng." if fam == "Nguyễn" else fam[0] + "."
    return R.choice(
        [
            f"{fs} {' '.join(mid)} {g}",
            f"{fam} {m} {g}",
            f"{fs[0]}.{m.replace(' ', '')}{g}",
            f"{fam} {m.replace('.', '')} {g}",
        ]
    )


N = lambda s: [(s, "name")]
ID = lambda s: s
low, ls, up = str.lower, (lambda s: strip(s).lower()), str.upper


M_ONLY = {"anh", "chú", "ông", "cậu", "thằng", "anh quản lý", "ông sếp", "anh bảo vệ", "ông chủ", "ông thầu", "thầy"}
F_ONLY = {
    "chị",
    "cô",
    "bà",
    "dì",
    "con",
    "nhỏ",
    "chị kế toán",
    "cô tổ trưởng",
    "chế",
    "bà chủ",
    "chị tổ trưởng",
    "má",
    "thím",
    "mợ",
    "chị nhân sự",
    "mẹ",
}
BOTH = set("An Ánh Hà Hòa Minh Thanh Tâm Xuân Bình Phương Giang Ngọc Thu Vi Anh Bảo Hải Nhung Tú Thơ Tuyên".split())
M_DOUBLE = {"Gia Bảo", "Quốc Việt", "Thanh Tùng", "Hữu Phước", "Tuấn Anh", "Đức Anh", "Xuân Hòa"}


def sex(raw):
    p = raw.split()
    if raw in M_DOUBLE:
        return "m"
    if raw in DOUBLE or "Thị" in p:
        return "f"
    if "Văn" in p[1:-1]:
        return "m"
    if p[-1] in BOTH and len(p) == 1:
        return "b"
    return "m" if p[-1] in MALE else "f"


def T(tf, raw, abbr=False, nf=None):
    g = sex(raw)
    ok = [
        t
        for t in (ABBR if abbr else TITLES)
        if not (g == "m" and (t in F_ONLY or (t[0] in "cC" and abbr)))
        and not (g == "f" and (t in M_ONLY or (t[0] in "aA" and abbr)))
    ]
    return [(tf(R.choice(ok)) + " ", None), ((nf or tf)(raw), "name")]


def glued(raw):
    g = sex(raw)
    ok = [
        t
        for t in ["a.", "c.", "A.", "C.", "a-", "c/"]
        if not (g == "m" and t[0] in "cC") and not (g == "f" and t[0] in "aA")
    ]
    return [(R.choice(ok), None), (R.choice([ID, low])(raw), "name")]


# form: (context groups, context style, count, maker)
NAME_FORMS = {
    "full_diacritics": ("FB", "asis", 80, lambda: N(full3())),
    "full_stripped": ("FB", "stripped", 70, lambda: N(strip(full3()))),
    "full_lower": ("FB", "lower", 65, lambda: N(low(full3()))),
    "full_lower_stripped": ("FB", "low_strip", 60, lambda: N(ls(full3()))),
    "full_upper_stripped": ("C", "any", 64, lambda: N(capsname())),
    "full_upper_diacritics": ("FC", "asis", 24, lambda: N(up(anyfull()))),
    "full_two_syllable": ("F", "any", 22, lambda: N(R.choice([ID, strip, low, ls])(full2()))),
    "full_four_syllable": ("F", "any", 30, lambda: N(R.choice([ID, ID, strip, low, ls])(full4()))),
    "full_minority": ("FB", "asis", 26, lambda: N(minor())),
    "full_minority_stripped": ("FB", "low_strip", 16, lambda: N(R.choice([strip, ls])(minor()))),
    "full_abbrev": ("FB", "any", 24, lambda: N(abbrev(full3()))),
    "full_telex": ("F", "low_strip", 14, lambda: N(telex(full3()))),
    "full_linebreak": ("F", "asis", 10, lambda: N((lambda p: " ".join(p[:2]) + "\n" + p[2])(full3().split()))),
    "full_double_space": ("F", "asis", 10, lambda: N(full3().replace(" ", "  "))),
    "full_camel": ("F", "any", 12, lambda: N(R.choice([ID, strip])(full3()).replace(" ", ""))),
    "full_given_first": (
        "FB",
        "any",
        18,
        lambda: N((lambda p: f"{p[-1]} {p[0]}")(R.choice([ID, strip])(full3()).split())),
    ),
    "full_glued_label": ("F", "any", 10, lambda: [("tên:", None), (full3(), "name")]),
    "title_given": ("TB", "asis", 70, lambda: T(ID, given())),
    "title_given_stripped": ("TB", "stripped", 55, lambda: T(strip, given())),
    "title_given_lower": ("TB", "lower", 50, lambda: T(low, given())),
    "title_given_lower_stripped": ("TB", "low_strip", 50, lambda: T(ls, given())),
    "title_given_caps_in_lower": ("TB", "low_strip", 20, lambda: T(ls, given(), nf=lambda x: strip(x).upper())),
    "title_abbrev_given": ("TB", "any", 36, lambda: T(ID, given(), True, R.choice([ID, ID, strip, low, ls]))),
    "title_glued_given": ("TB", "any", 16, lambda: glued(given())),
    "title_full": ("TB", "asis", 45, lambda: T(ID, anyfull())),
    "title_full_stripped": ("TB", "stripped", 25, lambda: T(strip, anyfull())),
    "title_full_lower": ("TB", "lower", 25, lambda: T(low, anyfull())),
    "title_full_lower_stripped": ("TB", "low_strip", 25, lambda: T(ls, anyfull())),
    "title_double_given": ("TB", "asis", 26, lambda: T(ID, dbl())),
    "title_double_lower_stripped": ("TB", "low_strip", 18, lambda: T(ls, dbl())),
    "title_common_word": ("TB", "asis", 30, lambda: T(ID, common())),
    "title_common_word_lower": ("TB", "lower", 24, lambda: T(low, common())),
    "title_common_word_lower_stripped": ("TB", "low_strip", 20, lambda: T(ls, common())),
    "title_two_people": (
        "TB",
        "asis",
        20,
        lambda: T(ID, given()) + [(R.choice([" và ", " với ", ", "]), None)] + T(ID, given()),
    ),
    "bare_given": ("G", "asis", 36, lambda: N(given())),
    "bare_given_stripped": ("G", "stripped", 18, lambda: N(strip(given()))),
    "bare_given_lower": ("G", "low_strip", 18, lambda: N(ls(given()))),
}


# ------------------------------------------------------------------ email, link, handle
def slug(n=None):
    return ls(n or anyfull())


MARK = ["000", "vidu", "123456", "khongthat", "0000", "999999", "test000", "ao123"]


def local():
    p = re.sub(r"[^a-z ]", "", slug()).split()
    k = R.randrange(9)
    m = R.choice(MARK)
    return [
        p[-1] + "." + p[0] + m,
        "".join(p) + m,
        p[-1] + "_" + p[0] + "." + m,
        p[-1] + "".join(x[0] for x in p[:-1]) + m,
        "be" + p[-1] + m,
        "cn." + p[-1] + "." + m,
        p[-1] + p[0] + str(R.randint(80, 99)) + m,
        "me." + p[-1] + "-" + m,
        p[0][0] + p[-1] + "." + m,
    ][k]


DOM = ["gmail.com"] * 8 + [
    "yahoo.com",
    "yahoo.com.vn",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "congtyvidu.com.vn",
    "vidu.vn",
    "mayvidu.vn",
    "hcm.vidu.edu.vn",
    "example.com",
]


def E(s):
    return [(s, "email")]


def em(loc=None, d=None):
    return (loc or local()) + "@" + (d or R.choice(DOM))


def email_forms():
    g = lambda: R.choice(["gmail", "gmail", "yahoo", "hotmail"])
    f = {
        "plain": lambda: E(em()),
        "plain_b": lambda: E(em()),
        "plain_c": lambda: E(em()),
        "plain_company": lambda: E(em(None, R.choice(DOM[-6:-1]))),
    }
    f["upper"] = lambda: E(em().upper())
    f["capitalised"] = lambda: E(em().capitalize())
    f["domain_upper"] = lambda: E(em(None, "GMAIL.COM"))
    f["spaces_around_at"] = lambda: E(local() + " @ " + R.choice(DOM))
    f["space_before_at"] = lambda: E(local() + " @" + R.choice(DOM))
    f["space_after_at"] = lambda: E(local() + "@ " + R.choice(DOM))
    f["spaces_around_dot"] = lambda: E(local() + "@" + g() + " . com")
    f["space_before_com"] = lambda: E(local() + "@" + g() + ". com")
    f["space_dot_com"] = lambda: E(local() + "@" + g() + " .com")
    f["missing_dot"] = lambda: E(local() + "@" + g() + "com")
    f["space_for_dot"] = lambda: E(local() + "@" + g() + " com")
    f["comma_for_dot"] = lambda: E(local() + "@" + g() + ",com")
    f["no_tld"] = lambda: E(local() + "@" + g())
    f["typo_con"] = lambda: E(local() + "@gmail.con")
    f["typo_gmai"] = lambda: E(
        local()
        + "@"
        + R.choice(["gmai.com", "gmal.com", "gamil.com", "gmail.cm", "gmail.co", "gmaill.com", "gmail.vom"])
    )
    f["double_at"] = lambda: E(local() + "@@gmail.com")
    f["double_dot"] = lambda: E(local() + "@gmail..com")
    f["at_bracket"] = lambda: E(local() + "[at]" + R.choice(DOM))
    f["at_paren_spaced"] = lambda: E(local() + " (at) " + R.choice(DOM))
    f["at_word"] = lambda: E(local() + " at gmail dot com")
    f["at_bracket_dot_bracket"] = lambda: E(local() + "[at]" + g() + "[dot]com")
    f["a_cong"] = lambda: E(local() + " a còng " + g() + " chấm com")
    f["a_cong_stripped"] = lambda: E(local() + " a cong " + g() + " cham com")
    f["acong_joined"] = lambda: E(local() + " acong " + R.choice(DOM))
    f["a_moc"] = lambda: E(local() + " a móc " + R.choice(DOM))
    f["local_in_words"] = lambda: E(
        local().replace(".", " chấm ").replace("_", " gạch dưới ") + " a còng gmail chấm com"
    )
    f["fullwidth_at"] = lambda: E(local() + "＠" + R.choice(DOM))
    f["fullwidth_dot"] = lambda: E(local() + "@gmail．com")
    f["at_on_new_line"] = lambda: E(local() + "\n@" + R.choice(DOM))
    f["domain_on_new_line"] = lambda: E(local() + "@\n" + R.choice(DOM))
    f["plus_tag"] = lambda: E(local() + "+" + R.choice(["viec", "congdoan", "luong"]) + "@gmail.com")
    f["diacritics_in_local"] = lambda: E(low(anyfull()).replace(" ", ".") + R.choice(MARK) + "@gmail.com")
    f["spaces_in_local"] = lambda: E(
        slug().replace("'", "") + " " + R.choice(["000", "123456", "999999"]) + "@gmail.com"
    )
    f["digits_local"] = lambda: E(mobile() + "@gmail.com")
    f["zero_width"] = lambda: E(local() + "\u200b@" + R.choice(DOM))
    for nm, a, b in [
        ("glued_mail_colon", "mail:", ""),
        ("glued_gmail", "gmail:", ""),
        ("angle", "<", ">"),
        ("mailto", "mailto:", ""),
        ("trailing_dot", "", "."),
        ("trailing_comma", "", ","),
        ("glued_after", "", "nhé"),
        ("parens", "(", ")"),
        ("quoted", '"', '"'),
        ("emoji", "📧", "📧"),
        ("email_label", "Email: ", ""),
        ("slash_after", "", "/zalo"),
    ]:
        if nm == "glued_after":
            f[nm] = lambda: [(em(None, "gmail.com"), "email"), (" nhé", None)]
        else:
            f[nm] = lambda a=a, b=b: [(a, None), (em(), "email"), (b, None)]
    f["two_slash"] = lambda: [(em(), "email"), (" / ", None), (em(), "email")]
    f["two_or"] = lambda: [(em(), "email"), (" hoặc ", None), (em(), "email")]
    f["two_comma"] = lambda: [(em(), "email"), (", ", None), (em(), "email")]
    return f


def usr():
    p = re.sub(r"[^a-z ]", "", slug()).split()
    m = R.choice(MARK)
    return R.choice(
        [
            ".".join(p) + "." + m,
            "".join(p) + m,
            p[-1] + "." + m,
            p[-1] + "_cn_" + m,
            "be." + p[-1] + "." + m,
            p[-1] + p[0] + m,
        ]
    )


def usr2():
    return usr().replace("_", ".")


def fid():
    return "1000" + "0" * 3 + fake(8)


def link_forms():
    L = lambda s: [(s, "profile_link")]
    f = {}
    for nm, fn in {
        "facebook_https": lambda: "https://www.facebook.com/" + usr2(),
        "facebook_https_nowww": lambda: "https://facebook.com/" + usr2(),
        "facebook_www": lambda: "www.facebook.com/" + usr2(),
        "facebook_bare": lambda: "facebook.com/" + usr2(),
        "fb_com": lambda: "fb.com/" + usr2(),
        "fb_me": lambda: "fb.me/" + usr2(),
        "facebook_mobile": lambda: "https://m.facebook.com/" + usr2(),
        "facebook_profile_id": lambda: "https://www.facebook.com/profile.php?id=" + fid(),
        "facebook_profile_id_tracking": lambda: "https://www.facebook.com/profile.php?id=" + fid() + "&mibextid=ZbWKwL",
        "facebook_mobile_id": lambda: "m.facebook.com/profile.php?id=" + fid(),
        "facebook_numeric": lambda: "facebook.com/" + fid(),
        "facebook_share": lambda: "https://www.facebook.com/share/" + "1AbC000" + rd(3) + "/",
        "facebook_people": lambda: (
            "https://www.facebook.com/people/" + strip(anyfull()).replace(" ", "-").replace("'", "") + "/" + fid()
        ),
        "facebook_post": lambda: "https://www.facebook.com/" + usr2() + "/posts/" + fake(12),
        "facebook_upper": lambda: "FACEBOOK.COM/" + usr2().upper(),
        "facebook_capital": lambda: "Facebook.com/" + usr2(),
        "facebook_trailing_slash": lambda: "https://facebook.com/" + usr2() + "/",
        "facebook_spaces": lambda: "facebook . com / " + usr2(),
        "facebook_space_slash": lambda: "facebook.com / " + usr2(),
        "facebook_words": lambda: "facebook chấm com xẹt " + usr2(),
        "facebook_words_stripped": lambda: "facebook cham com gach cheo " + usr2(),
        "facebook_dot_bracket": lambda: "facebook[.]com/" + usr2(),
        "fb_dot_com_space": lambda: "fb .com/" + usr2(),
        "facebook_linebreak": lambda: "https://www.facebook.com/\n" + usr2(),
        "messenger_m_me": lambda: "m.me/" + usr2(),
        "messenger_https": lambda: "https://m.me/" + usr2(),
        "messenger_long": lambda: "https://www.messenger.com/t/" + fid(),
        "zalo_phone": lambda: "zalo.me/" + mobile(),
        "zalo_https_phone": lambda: "https://zalo.me/" + mobile(),
        "zalo_84": lambda: "https://zalo.me/84" + mobile()[1:],
        "zalo_user": lambda: "zalo.me/" + usr2(),
        "zalo_chat": lambda: "https://chat.zalo.me/?phone=" + mobile(),
        "zalo_spaced": lambda: "zalo . me / " + mobile(),
        "zalo_http": lambda: "http://zalo.me/" + mobile(),
        "tiktok_https": lambda: "https://www.tiktok.com/@" + usr(),
        "tiktok_bare": lambda: "tiktok.com/@" + usr(),
        "tiktok_short": lambda: "https://vt.tiktok.com/ZS000" + R.choice("ABCDEFGH") + rd(3) + "x/",
        "tiktok_video": lambda: "https://www.tiktok.com/@" + usr() + "/video/7" + fake(12),
        "tiktok_lang": lambda: "tiktok.com/@" + usr() + "?lang=vi-VN",
        "tiktok_no_at": lambda: "tiktok.com/" + usr(),
        "telegram": lambda: "t.me/" + usr().replace(".", "_"),
        "telegram_https": lambda: "https://t.me/" + usr().replace(".", "_"),
        "telegram_me": lambda: "telegram.me/" + usr().replace(".", "_"),
        "telegram_upper": lambda: "T.me/" + usr().replace(".", "_"),
        "telegram_tg": lambda: "tg://resolve?domain=" + usr().replace(".", "_"),
        "instagram": lambda: "instagram.com/" + usr(),
        "instagram_https_igsh": lambda: "https://www.instagram.com/" + usr() + "?igsh=MTIz000",
        "instagram_short": lambda: "instagr.am/" + usr(),
        "youtube_at": lambda: "youtube.com/@" + usr2(),
        "youtube_https": lambda: "https://www.youtube.com/@" + usr2(),
        "youtube_channel": lambda: "https://youtube.com/channel/UC000abc" + rd(6),
        "threads": lambda: "https://www.threads.net/@" + usr(),
        "x_com": lambda: "https://x.com/" + usr().replace(".", "_"),
        "twitter": lambda: "twitter.com/" + usr().replace(".", "_"),
        "wa_me": lambda: "https://wa.me/84" + mobile()[1:],
        "linkedin": lambda: "https://www.linkedin.com/in/" + usr2().replace(".", "-"),
        "viber": lambda: "viber://chat?number=%2B84" + mobile()[1:],
        "line": lambda: "https://line.me/ti/p/~" + usr2(),
        "shopee": lambda: "shopee.vn/" + usr(),
        "locket": lambda: "https://locket.cam/" + usr2(),
    }.items():
        f[nm] = lambda fn=fn: L(fn())
    fb = lambda: "facebook.com/" + usr2()
    f["trailing_dot"] = lambda: [(fb(), "profile_link"), (".", None)]
    f["parens"] = lambda: [("(", None), ("https://" + fb(), "profile_link"), (")", None)]
    f["glued_label"] = lambda: [("fb:", None), (fb(), "profile_link")]
    f["glued_link"] = lambda: [("link:", None), ("https://zalo.me/" + mobile(), "profile_link")]
    f["trailing_comma"] = lambda: [("m.me/" + usr2(), "profile_link"), (",", None)]
    f["emoji"] = lambda: [("👉", None), ("t.me/" + usr().replace(".", "_"), "profile_link"), ("👈", None)]
    f["two"] = lambda: [("fb.com/" + usr2(), "profile_link"), (" ", None), ("tiktok.com/@" + usr(), "profile_link")]
    f["two_newline"] = lambda: [
        ("https://" + fb(), "profile_link"),
        ("\n", None),
        ("https://zalo.me/" + mobile(), "profile_link"),
    ]
    f["angle"] = lambda: [("<", None), ("https://" + fb(), "profile_link"), (">", None)]
    f["quoted"] = lambda: [('"', None), ("fb.com/" + usr2(), "profile_link"), ('"', None)]
    return f


def handle_forms():
    H = lambda s: [(s, "handle")]
    p = lambda: re.sub(r"[^a-z ]", "", slug()).split()
    f = {}
    for nm, fn in {
        "plain_dot": lambda: "@" + p()[-1] + "." + p()[0] + R.choice(MARK),
        "plain_joined": lambda: "@" + "".join(p()) + R.choice(MARK),
        "underscore": lambda: "@" + "_".join(p()) + "_" + R.choice(MARK),
        "underscore_both_ends": lambda: "@_" + p()[-1] + R.choice(MARK) + "_",
        "double_underscore": lambda: "@" + p()[-1] + "__" + R.choice(MARK),
        "many_dots": lambda: "@" + ".".join(p()) + "." + R.choice(MARK),
        "digits_first": lambda: "@000" + p()[-1],
        "short": lambda: "@" + p()[-1] + "000",
        "year": lambda: "@" + p()[-1] + str(R.randint(1980, 2006)) + "_000",
        "upper": lambda: "@" + "".join(p()).upper() + "000",
        "camel": lambda: "@" + "".join(x.capitalize() for x in p()) + R.choice(MARK),
        "nickname_be": lambda: "@be." + p()[-1] + ".congnhan000",
        "nickname_cn": lambda: "@congnhan_" + p()[-1] + "_vidu",
        "nickname_shop": lambda: "@shop" + p()[-1] + "000",
        "nickname_me": lambda: "@me_" + p()[-1] + "_bim123456",
        "nickname_tho": lambda: "@thoho." + p()[-1] + "999999",
        "nickname_tx": lambda: "@taixe_" + p()[-1] + "_0000",
        "space_after_at": lambda: "@ " + p()[-1] + "_" + R.choice(MARK),
        "fullwidth_at": lambda: "＠" + p()[-1] + "." + R.choice(MARK),
        "a_cong_words": lambda: "a còng " + p()[-1] + R.choice(MARK),
        "a_cong_stripped": lambda: "a cong " + p()[-1] + "." + R.choice(MARK),
        "diacritics": lambda: "@" + low(full3()).replace(" ", "") + "000",
        "dash": lambda: "@" + p()[-1] + "-" + R.choice(MARK),
        "digits_only_tail": lambda: "@user" + fake(9),
        "long": lambda: "@" + "".join(p()) + "congnhanxaxu" + R.choice(MARK),
        "family_double_name": lambda: "@" + p()[0] + p()[-1] + "yeuvo000",
    }.items():
        f[nm] = lambda fn=fn: H(fn())
    h = lambda: "@" + R.choice([p()[-1] + "." + p()[0], p()[-1] + "_cn", "be" + p()[-1]]) + R.choice(MARK)
    for nm, a, b in [
        ("glued_ib", "ib", ""),
        ("glued_tele_colon", "tele:", ""),
        ("glued_tiktok", "tiktok", ""),
        ("parens", "(", ")"),
        ("trailing_dot", "", "."),
        ("trailing_comma", "", ","),
        ("trailing_excl", "", "!!"),
        ("emoji_before", "👉", ""),
        ("emoji_after", "", "❤️"),
        ("quoted", "“", "”"),
        ("slash_label", "ig/", ""),
        ("label_id", "id: ", ""),
        ("colon_after", "", ":"),
        ("question_after", "", "?"),
        ("star_wrap", "*", "*"),
        ("apostrophe", "", "'s"),
        ("ellipsis_after", "", "..."),
    ]:
        f[nm] = lambda a=a, b=b: [(a, None), (h(), "handle"), (b, None)]
    f["two_space"] = lambda: [(h(), "handle"), (" ", None), (h(), "handle")]
    f["two_glued"] = lambda: [("@" + p()[-1] + "000", "handle"), ("@" + p()[-1] + "0000", "handle")]
    f["two_comma"] = lambda: [(h(), "handle"), (",", None), (h(), "handle")]
    f["newline_before"] = lambda: [("\n", None), (h(), "handle")]
    f["no_at_ig_label"] = lambda: [("ig: ", None), (h()[1:], "handle")]
    f["no_at_tiktok_label"] = lambda: [("id tiktok ", None), (h()[1:], "handle")]
    f["no_at_zalo_id"] = lambda: [("tele id ", None), (h()[1:].replace(".", "_"), "handle")]
    return f


# ------------------------------------------------------------------ plates
PV = "11 12 14 15 17 18 19 20 21 22 23 24 25 26 27 28 29 30 34 35 36 37 38 43 47 48 49 50 51 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 81 82 83 84 85 86 88 89 90 92 93 94 95 97 98 99".split()


def n5():
    return R.choice(
        [
            "000" + rd(2),
            "123.45".replace(".", ""),
            "111" + rd(2),
            "00" + rd(1) + "00",
            "777" + rd(2),
            "999" + rd(2),
            rd(2) + "000",
            "555" + rd(2),
            rd(1) + "6666",
        ]
    )


def n4():
    return R.choice(["0001", "1234", "000" + rd(1), "7777", "9999", "5555", "0000"])


def car():
    return R.choice(PV) + R.choice("ABCDEFGHKL")


def moto():
    return R.choice(PV) + R.choice("BCDFGHKLMNPSTUVXYZ") + R.choice("123456789")


def plate_forms():
    K = lambda s: [(s, "plate")]
    d = lambda n: n[:3] + "." + n[3:]
    f = {}
    for nm, fn in {
        "car_dash_dot": lambda: f"{car()}-{d(n5())}",
        "car_dash": lambda: f"{car()}-{n5()}",
        "car_joined": lambda: car() + n5(),
        "car_space": lambda: f"{car()} {n5()}",
        "car_space_dot": lambda: f"{car()} {d(n5())}",
        "car_lower": lambda: (car() + n5()).lower(),
        "car_lower_dot": lambda: f"{car().lower()}-{d(n5())}",
        "car_lower_space": lambda: f"{car().lower()} {n5()}",
        "car_spaced_dash": lambda: f"{car()} - {n5()}",
        "car_split_letter": lambda: (lambda c: f"{c[:2]} {c[2]} {n5()}")(car()),
        "car_split_letter_lower": lambda: (lambda c: f"{c[:2]} {c[2]} {d(n5())}".lower())(car()),
        "car_province_dash": lambda: (lambda c: f"{c[:2]}{c[2]} {n5()[:3]} {rd(2)}")(car()),
        "car_dot_all": lambda: f"{car()}.{d(n5())}",
        "car_4": lambda: f"{car()}-{n4()}",
        "car_4_joined_lower": lambda: (car() + n4()).lower(),
        "car_ld": lambda: f"{R.choice(PV)}LD-{d(n5())}",
        "car_ld_lower": lambda: f"{R.choice(PV)}ld {n5()}",
        "car_underscore": lambda: f"{car()}_{n5()}",
        "car_slash": lambda: f"{car()}/{n5()}",
        "car_double_space": lambda: f"{car()}  {n5()}",
        "car_linebreak": lambda: f"{car()}\n{d(n5())}",
        "car_nbsp": lambda: f"{car()}\u00a0{n5()}",
        "car_comma": lambda: (lambda n: f"{car()}-{n[:3]},{n[3:]}")(n5()),
        "moto_dash_dot": lambda: f"{moto()}-{d(n5())}",
        "moto_dash": lambda: f"{moto()}-{n5()}",
        "moto_joined": lambda: moto() + n5(),
        "moto_space": lambda: f"{moto()} {n5()}",
        "moto_space_dot": lambda: f"{moto()} {d(n5())}",
        "moto_lower": lambda: (moto() + n5()).lower(),
        "moto_lower_space": lambda: f"{moto().lower()} {n5()}",
        "moto_lower_dot": lambda: f"{moto().lower()} {d(n5())}",
        "moto_province_dash": lambda: (lambda m: f"{m[:2]}-{m[2:]} {d(n5())}")(moto()),
        "moto_province_dash_lower": lambda: (lambda m: f"{m[:2]}-{m[2:].lower()} {n5()}")(moto()),
        "moto_two_dash": lambda: (lambda m: f"{m[:2]}-{m[2:]}-{n5()}")(moto()),
        "moto_all_spaced": lambda: (lambda m: f"{m[:2]} {m[2:]} {n5()}")(moto()),
        "moto_each_spaced": lambda: " ".join(moto() + n5()),
        "moto_4": lambda: f"{moto()}-{n4()}",
        "moto_4_province_dash": lambda: (lambda m: f"{m[:2]}-{m[2:]} {n4()}")(moto()),
        "moto_4_lower": lambda: f"{moto().lower()} {n4()}",
        "moto_4_joined": lambda: moto() + n4(),
        "moto_linebreak": lambda: (lambda m: f"{m[:2]}-{m[2:]}\n{d(n5())}")(moto()),
        "moto_linebreak_4": lambda: f"{moto()}\n{n4()}",
        "moto_aa": lambda: f"{R.choice(PV)}A{R.choice('ABCEK')}-{d(n5())}",
        "moto_electric": lambda: f"{R.choice(PV)}MĐ{R.choice('1234')}-{d(n5())}",
        "moto_electric_lower": lambda: f"{R.choice(PV)}md{R.choice('1234')} {n5()}",
        "moto_letter_o": lambda: moto() + "-" + n5().replace("0", "o"),
        "moto_slash": lambda: f"{moto()}/{n5()}",
        "moto_dots": lambda: (lambda m: f"{m[:2]}.{m[2:]}.{n5()}")(moto()),
        "words": lambda: (lambda m, n: f"{words(m[:2])} {m[2]} {words(m[3])} {words(n)}")(moto(), n5()),
        "words_stripped": lambda: (lambda m, n: strip(f"{words(m[:2])} {m[2].lower()} {words(m[3])} {words(n)}"))(
            moto(), n5()
        ),
        "words_digits_mixed": lambda: (lambda m, n: f"{m[:2]} {m[2].lower()} {words(m[3])} {n[:3]} {n[3:]}")(
            moto(), n5()
        ),
        "fullwidth": lambda: f"{moto()}-{n5()}".translate(FULL),
        "keycap_tail": lambda: f"{moto()} {keycap(n5())}",
    }.items():
        f[nm] = lambda fn=fn: K(fn())
    for nm, a, b in [
        ("glued_bs", "bs", ""),
        ("glued_bien_colon", "biển:", ""),
        ("glued_xe", "xe", ""),
        ("parens", "(", ")"),
        ("quoted", '"', '"'),
        ("trailing_dot", "", "."),
        ("trailing_word", "", "nha"),
        ("emoji", "🛵", "🛵"),
        ("label_bks", "BKS: ", ""),
        ("label_bsx", "bsx ", ""),
    ]:
        f[nm] = lambda a=a, b=b: [
            (a, None),
            (
                R.choice([lambda: f"{moto()}-{d(n5())}", lambda: f"{moto()} {n5()}", lambda: f"{car()}-{d(n5())}"])(),
                "plate",
            ),
            (b, None),
        ]
    f["two_and"] = lambda: [(f"{moto()}-{d(n5())}", "plate"), (" và ", None), (f"{moto()} {n5()}", "plate")]
    f["two_comma_lower"] = lambda: [((moto() + n5()).lower(), "plate"), (", ", None), ((car() + n5()).lower(), "plate")]
    return f


# ------------------------------------------------------------------ addresses
STREET = [
    "Nguyễn Văn Tiết",
    "Lê Thị Trung",
    "Trần Hưng Đạo",
    "Lý Thường Kiệt",
    "Bùi Văn Hòa",
    "Phạm Văn Thuận",
    "Nguyễn Ái Quốc",
    "Huỳnh Văn Nghệ",
    "Đồng Khởi",
    "Nguyễn Thị Minh Khai",
    "Lê Trọng Tấn",
    "Tỉnh lộ 10",
    "Hồ Học Lãm",
    "Võ Văn Vân",
    "Trần Đại Nghĩa",
    "Nguyễn Cửu Phú",
    "Hương lộ 2",
    "Tân Kỳ Tân Quý",
    "Phan Văn Hớn",
    "Nguyễn Ảnh Thủ",
    "Lê Văn Khương",
    "Hà Huy Giáp",
    "Tô Ngọc Vân",
    "Linh Đông",
    "Bình Chiểu",
    "Kha Vạn Cân",
    "An Dương Vương",
    "Lê Lai",
    "Hoàng Diệu",
    "Ngô Gia Tự",
    "Nguyễn Đăng Đạo",
    "Lạc Long Quân",
    "Trường Chinh",
    "Điện Biên Phủ",
    "Hùng Vương",
    "Quang Trung",
    "Âu Cơ",
    "Hoa Lan",
    "Cầu Giấy",
    "Phú Diễn",
    "Kim Chung",
    "Bầu Mạc 3",
    "Âu Dương Lân",
    "Phan Chu Trinh",
    "Cao Thắng",
    "ĐT743",
    "ĐT 746",
    "quốc lộ 13",
    "quốc lộ 51",
]
STNUM = [
    "3/2",
    "30/4",
    "2/9",
    "19/5",
    "Cách Mạng Tháng 8",
    "CMT8",
    "Tháng Tám",
    "số 4",
    "số 12",
    "D5",
    "N8",
    "số 7A",
    "DX 12",
    "ĐX-034",
    "XVNT",
]
HOUSE = [
    "Hoa Hồng",
    "Thanh Bình",
    "Bình An",
    "cô Ba",
    "bác Tám",
    "Ngọc Lan",
    "Phúc Lộc",
    "Hai Lúa",
    "chú Sáu",
    "Minh Châu",
    "Sáu Hạnh",
    "Út Hiền",
    "An Phú",
    "Kim Liên",
    "số 9",
    "A1",
    "Gia Đình",
    "Hoàng Gia",
    "bà Năm",
    "Cây Me",
]
AP = [
    "Bình Phú",
    "Tân Mai",
    "Mỹ Hòa",
    "An Lạc",
    "4",
    "2",
    "Đông",
    "Trung Lân",
    "Bàu Cá",
    "Suối Tre",
    "Long Đức 1",
    "Vườn Dừa",
    "Thới Tây 2",
    "Xóm Hố",
    "Bến Cam",
    "Hòa Bình",
]
THON = [
    "Đông Thượng",
    "Hạ",
    "Nội Doi",
    "Giang Liễu",
    "Mao Trung",
    "Phú Xuân",
    "Đoài",
    "Bầu",
    "Hậu Dưỡng",
    "Trung Oai",
    "Lai Vu",
    "Do Nha",
    "Yên Phụ",
    "Ngô Xá",
    "Cầu Gáo",
]
BAN = ["Nà Lốc", "Huổi Tao", "Pá Khoang", "Co Chai", "Sín Chải", "Nậm Pồ"]
WARD = [
    ", phường Long Bình",
    ", P. An Phú",
    " phường Tân Đông Hiệp",
    ", xã Quang Châu",
    ", Dĩ An",
    ", Biên Hoà",
    ", Bình Tân",
    " Thuận An Bình Dương",
    ", TP Thủ Đức",
    ", Hóc Môn",
    ", xã Kim Chung, Đông Anh",
    ", Quế Võ, Bắc Ninh",
    " gần KCN Sóng Thần",
    ", tỉnh Đồng Nai",
]


def hn():
    return R.choice(
        [str(R.randint(1, 99)), str(R.randint(100, 999)), "000" if R.random() < 0.1 else str(R.randint(1, 60))]
    )


def sn():
    return R.choice(STREET)


def addr_forms():
    h, k = hn, lambda: str(R.randint(1, 60))
    A = lambda: R.choice("ABCDE")
    raw = {
        "so_duong": lambda: f"số {h()} đường {sn()}",
        "house_duong": lambda: f"{h()} đường {sn()}",
        "house_street": lambda: f"{h()} {sn()}",
        "so_nha_duong": lambda: f"số nhà {h()} đường {sn()}",
        "sn_street": lambda: f"sn {h()} {sn()}",
        "slash_street": lambda: f"{h()}/{k()} {sn()}",
        "slash2_duong": lambda: f"{h()}/{k()}/{k()} đường {sn()}",
        "slash3": lambda: f"{h()}/{k()}/{k()}/{k()} {sn()}",
        "slash_letter": lambda: f"{h()}/{k()}{A()} {sn()}",
        "letter_house": lambda: f"{h()}{A()} {sn()}",
        "hem_so": lambda: f"hẻm {h()} đường {sn()} nhà số {k()}",
        "so_hem": lambda: f"nhà số {k()} hẻm {h()} {sn()}",
        "hem_slash": lambda: f"hẻm {h()}/{k()} {sn()}",
        "ngo_ngach": lambda: f"ngõ {h()} ngách {h()}/{k()} số nhà {k()} {sn()}",
        "so_ngach_ngo_pho": lambda: f"số {k()} ngách {k()} ngõ {h()} phố {sn()}",
        "so_ngo": lambda: f"số {k()} ngõ {h()} {sn()}",
        "kiet": lambda: f"kiệt {h()}/{k()} {sn()}",
        "k_slash": lambda: f"K{h()}/{k()} {sn()}",
        "kiet_h": lambda: f"{h()}/H{k()}/{k()} {sn()}",
        "room_row_house": lambda: f"phòng {k()} dãy {A()} nhà trọ {R.choice(HOUSE)}",
        "room_no_house": lambda: f"phòng trọ số {k()}, nhà trọ {R.choice(HOUSE)}",
        "p_tro": lambda: f"p.{k()} trọ {R.choice(HOUSE)}",
        "P_house_hem": lambda: f"P{R.randint(1, 4)}0{R.randint(1, 9)} nhà trọ {R.choice(HOUSE)} hẻm {h()} {sn()}",
        "tro_phong_hem": lambda: f"trọ {R.choice(HOUSE)} phòng {k()} hẻm {h()} đường {R.choice(STNUM)}",
        "day_tro_phong": lambda: f"dãy trọ {R.choice(HOUSE)}, phòng {k()}",
        "phong_so_duong": lambda: f"phòng {k()}, {h()}/{k()} đường {sn()}",
        "phong_lau": lambda: f"phòng {k()} lầu {R.randint(1, 4)} số {h()} {sn()}",
        "to_ap": lambda: f"tổ {k()} ấp {R.choice(AP)}",
        "so_to_ap": lambda: f"số {h()} tổ {k()} ấp {R.choice(AP)}",
        "slash_ap": lambda: f"{h()}/{k()} ấp {R.choice(AP)}",
        "to_kp": lambda: f"tổ {k()}, khu phố {R.randint(1, 9)}",
        "slash_to_kp": lambda: f"{h()}/{k()} tổ {k()} kp {R.randint(1, 9)}",
        "slash_kp_joined": lambda: f"{h()}/{k()} kp{R.randint(1, 9)}",
        "kp_slash_letter": lambda: (
            f"{k()}/{k()}{A()} khu phố {R.choice(['Bình Đáng', 'Tân Thắng', 'Đông Tân', 'Nội Hoá 2', '1B', '4'])}"
        ),
        "xom_thon": lambda: f"xóm {k()} thôn {R.choice(THON)}",
        "doi_thon": lambda: f"đội {R.randint(1, 12)} thôn {R.choice(THON)}",
        "thon_so_nha": lambda: f"thôn {R.choice(THON)}, số nhà {k()}",
        "xom_so": lambda: (
            f"nhà số {k()} xóm {R.choice(['Đình', 'Chùa', 'Trại', '3', '7', 'Bãi'])} thôn {R.choice(THON)}"
        ),
        "ban": lambda: f"bản {R.choice(BAN)}, nhà số {k()}",
        "to_dan_pho": lambda: f"số {k()} tổ dân phố {R.randint(1, 15)} {R.choice(THON)}",
        "tdp": lambda: f"SN {k()} TDP {R.choice(THON)}",
        "numbered_street": lambda: f"{h()} đường {R.choice(STNUM)}",
        "numbered_street_slash": lambda: f"{h()}/{k()} đường {R.choice(STNUM)}",
        "numbered_street_kp": lambda: f"số {h()} đường {R.choice(STNUM)} kp {R.randint(1, 9)}",
        "lot": lambda: (
            f"lô {A()}{k()} đường {R.choice(['N4', 'D2', 'số 3', 'NB7'])} KDC {R.choice(['Việt Sing', 'Hiệp Thành', 'Thuận Giao'])}"
        ),
        "apartment": lambda: (
            f"căn {A()}{R.randint(1, 20)}-0{R.randint(1, 9)} chung cư nhà ở xã hội {R.choice(['Định Hoà', 'Hoà Lợi', 'An Sinh'])}"
        ),
        "apartment_block": lambda: (
            f"block {A()} phòng {R.randint(2, 15)}0{R.randint(1, 9)} chung cư {R.choice(['Vườn Xanh', 'Hoà Bình', 'Cát Lái'])}"
        ),
        "dormitory": lambda: f"ktx công nhân nhà {R.randint(1, 9)} phòng {R.randint(1, 5)}0{R.randint(1, 9)}",
        "bis": lambda: f"{h()}bis {sn()}",
        "bis_spaced": lambda: f"số {h()} bis đường {sn()}",
        "slash_spaced": lambda: f"{h()} / {k()} đường {sn()}",
        "xet": lambda: f"{h()} xẹt {k()} đường {sn()}",
        "xuyet": lambda: f"{h()} xuyệt {k()} {sn()}",
        "words_number": lambda: (
            f"số {R.choice(['mười hai', 'bốn lăm', 'hai ba', 'một linh bảy', 'sáu mươi'])} xẹt {R.choice(['ba', 'tám', 'mười một'])} đường {sn()}"
        ),
        "linebreak": lambda: f"{h()}/{k()} đường {sn()}\ntổ {k()} kp {R.randint(1, 9)}",
        "abbrev_d": lambda: f"{h()}/{k()} đ. {sn()}, kp{R.randint(1, 9)}",
        "abbrev_Dg": lambda: f"{h()} Đg {sn()}",
        "glued_duong": lambda: f"{h()}/{k()}đường {sn()}",
        "glued_so": lambda: f"số{h()} {sn()}",
        "dash_house": lambda: f"{h()}-{k()} {sn()}",
        "old_new_number": lambda: f"số {h()} (số cũ {k()}/{k()}) {sn()}",
        "hash_number": lambda: f"#{h()} {sn()}",
        "nha_tro_so_duong": lambda: f"nhà trọ {R.choice(HOUSE)} số {h()} {sn()}",
        "room_last": lambda: f"{h()}/{k()} {sn()} phòng {k()}",
        "cua_sau": lambda: f"số {h()} {sn()} phòng trọ phía sau",
    }
    st = {"": ID, "_lower": low, "_stripped": strip, "_lower_stripped": ls, "_upper": up}

    def mk(fn, style, tail):
        def go():
            s = [(st[style](fn()), "address")]
            if tail:
                s.append((st[style](R.choice(WARD)), None))
            return s

        return go

    f = {}
    order = ["", "_lower_stripped", "_lower", "_stripped"]
    for i, (nm, fn) in enumerate(raw.items()):
        for j in range(2):
            style = order[(i + 2 * j + i // 4 + j) % 4] if not (i % 17 == 5 and j) else "_upper"
            tail = (i + j) % 4 == 0
            f[nm + style + ("_ward_after" if tail else "")] = mk(fn, style, tail)
    return f


# ------------------------------------------------------------------ assembling
AUX = {
    "<fn>": lambda: [(anyfull(), "name")],
    "<tn>": lambda: T(ID, given()),
    "<cn>": lambda: [(capsname(), "name")],
    "<ph>": lambda: [(mobile(), "phone")],
    "<id>": lambda: [(cccd(), "id_number")],
    "<bk>": lambda: [(bank(), "bank_account")],
    "<em>": lambda: [(em(), "email")],
}
SLOT = re.compile(r"(\{\}|<[a-z]{2}>)")


def fill(ctx, maker, style, emoji=True):
    fn = style_fn(style, R)
    segs = []
    for part in SLOT.split(ctx.replace("\\n", "\n")):
        if part == "{}":
            segs += maker()
        elif part in AUX:
            for s, k in AUX[part]():
                segs.append((fn(s) if style not in ("typo", "teen", "teen_strip", "upper") else s, k))
        elif part:
            segs.append((fn(part), None))
    if emoji and R.random() < 0.2:
        e = R.choice(EMO)
        segs = [(e + " ", None)] + segs if R.random() < 0.3 and not e[0].isalpha() else segs + [(" " + e, None)]
    return segs


def join(segs, note):
    text, spans = "", []
    for s, k in segs:
        if k:
            spans.append([len(text), len(text) + len(s), k])
        text += s
    return {"text": text, "spans": spans, "note": note}


def contexts(kind):
    return [l for l in (SRC / f"{kind}.txt").read_text("utf-8").split("\n") if l.strip()]


def pick(cands, used):
    lo = min(used[c] for c in cands)
    c = R.choice([c for c in cands if used[c] == lo])
    assert used[c] < MAX_CTX, c
    used[c] += 1
    return c


def write_kind(kind, forms, n):
    ctxs, used, seen, out = contexts(kind), Counter(), set(), []
    names = list(forms)
    i = 0
    while len(out) < n:
        nm = names[i % len(names)]
        i += 1
        c = pick(ctxs, used)
        for _ in range(60):
            row = join(fill(c, forms[nm], R.choice(STYLES)), re.sub(r"^(cccd_|cmnd_)?(plain)_[bc]$", r"\1\2", nm))
            if row["text"] not in seen:
                break
        else:
            raise SystemExit("no unique text: " + c)
        seen.add(row["text"])
        out.append(row)
    R.shuffle(out)
    return out, used


def write_names():
    byg = {}
    for l in contexts("name"):
        byg.setdefault(l[0], []).append(l[2:])
    used, seen, out = Counter(), set(), []
    jobs = [(nm, *v) for nm, v in NAME_FORMS.items() for _ in range(v[2])]
    R.shuffle(jobs)
    for nm, groups, style, _, maker in jobs:
        c = pick([x for g in groups for x in byg[g]], used)
        for _ in range(60):
            st = R.choice(["asis", "low_strip", "teen", "lower", "stripped"]) if style == "any" else style
            if style == "asis" and R.random() < 0.2:
                st = "teen"
            segs = fill(c, maker, st)
            if (
                nm.startswith("title")
                and c.startswith("{}")
                and st == "asis"
                and segs[0][1] is None
                and R.random() < 0.5
            ):
                segs[0] = (segs[0][0][:1].upper() + segs[0][0][1:], None)
            row = join(segs, nm)
            if row["text"] not in seen:
                break
        else:
            raise SystemExit("no unique text: " + c)
        seen.add(row["text"])
        out.append(row)
    return out, used


def write_clean():
    out, seen, n = [], set(), 0
    emo = [e for e in EMO if e not in ("ạ",)]
    for p in sorted(SRC.glob("clean_*.txt")):
        note = None
        for l in p.read_text("utf-8").split("\n"):
            if l.startswith("## "):
                note = l[3:].strip()
            elif l.strip():
                n += 1
                cand = [l]
                fixed = note in ("web", "code")  # keep the look-alikes intact there
                if strip(l) != l:
                    v = strip(l) if R.random() < 0.4 else (strip(teen(l, R)) if fixed else strip(teen(l, R)).lower())
                    cand.append(v)
                else:
                    cand.append(
                        l + " " + R.choice(emo) if R.random() < 0.7 else (l.capitalize() if not fixed else l + " nha")
                    )
                for t in cand:
                    t = unicodedata.normalize("NFC", t)
                    if t not in seen:
                        seen.add(t)
                        out.append({"text": t, "spans": [], "note": note})
    R.shuffle(out)
    return out, n


def check():
    ok = True
    total_seen = {}
    for kind in KINDS + ["clean"]:
        rows = [json.loads(l) for l in (HERE / f"{kind}.jsonl").read_text("utf-8").splitlines()]
        texts = set()
        for i, r in enumerate(rows):
            t = r["text"]
            bad = []
            if set(r) != {"text", "spans", "note"}:
                bad.append("keys")
            if unicodedata.normalize("NFC", t) != t:
                bad.append("nfc")
            if t in texts:
                bad.append("duplicate")
            if t in total_seen:
                bad.append("also in " + total_seen[t])
            texts.add(t)
            last = 0
            for s, e, k in r["spans"]:
                if not (last <= s < e <= len(t)):
                    bad.append("range")
                if k not in KINDS:
                    bad.append("kind")
                if t[s:e] != t[s:e].strip():
                    bad.append("blank edge")
                last = e
            if kind != "clean" and not any(k == kind for *_, k in r["spans"]):
                bad.append("no span of its kind")
            if kind == "clean" and r["spans"]:
                bad.append("spans in clean")
            if "{}" in t or re.search(r"<(fn|tn|cn|ph|id|bk|em)>", t):
                bad.append("slot left")
            if bad:
                ok = False
                print(kind, i, bad, repr(t))
        for t in texts:
            total_seen[t] = kind
        print(
            f"{kind:26s} cases {len(rows):5d}  spans {sum(len(r['spans']) for r in rows):5d}  notes {len({r['note'] for r in rows}):4d}"
        )
    if not ok:
        raise SystemExit("FAILED")
    print("all checks passed")


def main():
    if "--check" in sys.argv:
        return check()
    plan = {
        "phone": (phone_forms(), 900),
        "email": (email_forms(), 680),
        "id_number": (id_forms(), 760),
        "social_insurance_number": (bhxh_forms(), 680),
        "bank_account": (bank_forms(), 720),
        "plate": (plate_forms(), 700),
        "address": (addr_forms(), 720),
        "profile_link": (link_forms(), 720),
        "handle": (handle_forms(), 680),
    }
    for kind in KINDS + ["clean"]:
        if kind == "clean":
            rows, n = write_clean()
            print("clean: hand-written sentences", n, "rows", len(rows))
        else:
            rows, used = write_names() if kind == "name" else write_kind(kind, *plan[kind])
            print(
                f"{kind}: rows {len(rows)}, contexts {len(used)}, most used {max(used.values())}, forms {len(plan[kind][0]) if kind in plan else len(NAME_FORMS)}"
            )
        with (HERE / f"{kind}.jsonl").open("w", encoding="utf-8", newline="\n") as fh:
            for r in rows:
                fh.write(json.dumps(r, ensure_ascii=False) + "\n")
    print("given names", len(set(GIVEN)), "full names", len(set(POOL3 + POOL2 + POOL4 + MINOR)))
    check()


if __name__ == "__main__":
    main()
