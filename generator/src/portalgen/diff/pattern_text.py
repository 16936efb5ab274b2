"""Texts that a regular expression matches: enough of them to show that another one does not.

Only what specs hold is understood: signs, classes, groups, alternatives and repetition. Whatever else stands there
gives a text that may not match; it is checked by a validator before anybody is told of it.
"""

from __future__ import annotations

import string

import attrs

__all__ = ["matching_texts"]

_CLASSES = {
    "d": string.digits,
    "w": string.ascii_letters + string.digits + "_",
    "s": " ",
    "D": "a-",
    "W": "- ",
    "S": "a0-",
}
_ANY = "aA0-é "
_MOST = 64


def matching_texts(pattern: str) -> list[str]:
    """Give some texts that match a pattern, the shortest first."""
    found: list[str] = []
    for more in (0, 1, 5, 14, 40):
        for pick in range(6):
            try:
                text = _Reader(pattern, more=more, pick=pick).alternatives()
            except (IndexError, ValueError):
                continue
            if len(text) <= _MOST:
                found.append(text)
    return list(dict.fromkeys(found))


@attrs.define
class _Reader:
    """Reads a pattern once and writes one text on the way.

    Attributes:
        more: How much oftener than it must a part is repeated, if it may.
        pick: Which of several signs or alternatives is taken.
    """

    pattern: str
    more: int = attrs.field(kw_only=True)
    pick: int = attrs.field(kw_only=True)
    at: int = attrs.field(default=0, init=False)

    def alternatives(self) -> str:
        branches = [self.sequence()]
        while self._is("|"):
            self.at += 1
            branches.append(self.sequence())
        return branches[self.pick % len(branches)]

    def sequence(self) -> str:
        text = ""
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            choice = self.atom()
            text += self.repeated(choice)
        return text

    def _is(self, sign: str) -> bool:
        return self.pattern[self.at : self.at + len(sign)] == sign

    def atom(self) -> str:
        sign = self.pattern[self.at]
        self.at += 1
        if sign in "^$":
            return ""
        if sign == "(":
            for opening in ("?:", "?=", "?!"):
                if self._is(opening):
                    self.at += len(opening)
            text = self.alternatives()
            self.at += 1
            return text
        if sign == "[":
            return self._of(self.character_class())
        if sign == ".":
            return self._of(_ANY)
        return self._of(self.escaped()) if sign == "\\" else sign

    def escaped(self) -> str:
        sign = self.pattern[self.at]
        self.at += 1
        return _CLASSES.get(sign, "" if sign in "bB" else sign)

    def character_class(self) -> str:
        negated = self._is("^")
        self.at += negated
        signs = ""
        while not self._is("]") or not signs:
            sign = self.pattern[self.at]
            self.at += 1
            if sign == "\\":
                signs += self.escaped()
            elif self._is("-") and self.pattern[self.at + 1] != "]":
                last = self.pattern[self.at + 1]
                self.at += 2
                signs += "".join(map(chr, range(ord(sign), min(ord(last), ord(sign) + 99) + 1)))
            else:
                signs += sign
        self.at += 1
        return "".join(one for one in string.printable if one not in signs) if negated else signs

    def _of(self, signs: str) -> str:
        return signs[self.pick * 7 % len(signs)] if signs else ""

    def repeated(self, text: str) -> str:
        least, most = 1, 1
        if self.at < len(self.pattern) and self.pattern[self.at] in "?*+":
            sign = self.pattern[self.at]
            least, most = int(sign == "+"), 1 if sign == "?" else _MOST
            self.at += 1
        elif self._is("{"):
            end = self.pattern.index("}", self.at)
            low, comma, high = self.pattern[self.at + 1 : end].partition(",")
            least = int(low or 0)
            most = (int(high) if high else _MOST) if comma else least
            self.at = end + 1
        if self._is("?"):
            self.at += 1
        return text * min(least + self.more, most)
