#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#      http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
#
"""Writes python-literals.jsonl: texts, and what Python makes of them.

Each line is a JSON array of a text and, unless Python refuses the text or its value is none that JSON has, the value as JSON.
"""
import ast
import json
import pprint
import random
import re
import sys
import warnings

warnings.simplefilter("ignore")
rnd = random.Random(20)
PIECES = ["a", "é", "😀", "\n", "\t", "\\", "'", '"', "\x00", "\x7f", "\u2028", "```", "{", "]", "None", " ", "\\n", "ü"]


def string():
    return "".join(rnd.choice(PIECES) for _ in range(rnd.randrange(6)))


def scalar():
    return rnd.choice([
        lambda: None, lambda: True, lambda: False, string, string,
        lambda: rnd.randrange(-100, 100), lambda: rnd.randrange(-2**70, 2**70), lambda: rnd.choice([2**31, -2**31, 2**63, -2**63]),
        lambda: rnd.uniform(-1e3, 1e3), lambda: rnd.uniform(-1, 1) * 10 ** rnd.randrange(-30, 30),
    ])()


def value(depth=0):
    kind = rnd.randrange(10) if depth < 4 else 9
    if kind < 3:
        return {rnd.choice([string, string, lambda: rnd.randrange(9), lambda: 1.5, lambda: None, lambda: True])(): value(depth + 1)
                for _ in range(rnd.randrange(4))}
    if kind < 5:
        return [value(depth + 1) for _ in range(rnd.randrange(4))]
    if kind < 6:
        return tuple(value(depth + 1) for _ in range(rnd.randrange(4)))
    return scalar()


def mutated(text):
    chars = list(text)
    for _ in range(rnd.randrange(1, 3)):
        at = rnd.randrange(len(chars) + 1)
        if rnd.random() < 0.5 and at < len(chars):
            del chars[at]
        else:
            chars.insert(at, rnd.choice("{}[](),:'\"\\ 01_.exbouUrN-+aTFn\n"))
    return "".join(chars)


HAND = r"""
{'a': True, 'b': None}
{"a": 'it\'s', 'b': "say \"hi\""}
{'a': [1, 2,], 'b': (1,), 'c': (), 'd': (2), 'e': {},}
[0x1F, 0o17, 0b101, 1_000, 00, 1_0.5, 0xe_1]
[1., .5, 1e5, 1E-5, -1, +1, -0.0, 1e400, 12345678901234567890.123456789]
[007]
[1__0]
[_1]
[1_]
[1_.5]
[1e_5]
r'a\nb'
u'a'
b'a'
f'a'
{1, 2}
{'a': 1j}
{(1, 2): 3}
{'a' 1}
{'a': }
{,}
[,]
(,)
[1 2]
{'a': 1
"""


def texts():
    yield from HAND.strip().split("\n")
    yield "('one '\n 'two')"
    yield "'''three\nlines'''"
    yield "'\\x41\\u00e9\\U0001F600\\101\\0\\a\\v\\d\\\n'"
    yield from (r"'\x4'", r"'\u12'", r"'\U00110000'", "'a", "'a\nb'", "'a' \"b\" '''c'''", "''", "''''''", "'''a'b''c'''")
    for _ in range(400):
        data = value()
        yield rnd.choice([repr, repr, lambda d: pprint.pformat(d, width=20)])(data)
    for _ in range(600):
        yield mutated(repr(value(2)))


def plain(data):
    if isinstance(data, dict):
        if any(isinstance(key, (tuple, bytes)) for key in data):
            raise ValueError("a key that JSON does not have")
        return {key if isinstance(key, str) else json.dumps(key): plain(each) for key, each in data.items()}
    if isinstance(data, (list, tuple)):
        return [plain(each) for each in data]
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    raise ValueError("a value that JSON does not have")


seen = set()
for text in texts():
    if text in seen or not text.strip() or re.search(r"[+-]\s*[+-]|[+-]\s", text):
        continue  # of signs, the reader takes one before a number
    seen.add(text)
    try:
        data = ast.literal_eval(text)
        if isinstance(data, tuple) and not text.startswith("("):
            continue  # the reader takes tuples in parentheses
        line = [text, plain(data)]
    except (ValueError, SyntaxError, TypeError, MemoryError):
        line = [text]
    sys.stdout.write(json.dumps(line) + "\n")
