"""A stretch on a screen: the figure, what it is called, how far along it is, and three things to touch.

Rule 1: a screen only adds: everything on it is said as well, and what it lets one touch can be said.
Rule 2: the document is the same for every stretch (version 1.4, nothing to fetch); what differs is its data.
Rule 3: it fits small, wide, round and far-away screens by what it asks of the viewport itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skill.domain.picture import Picture

Json = dict[str, Any]

TOKEN = "back-coach"  # noqa: S105  # a name, no secret
VERSION = "1.4"

JOINTS = ("head", "neck", "back", "hip", "elbow", "hand", "knee", "foot", "elbow2", "hand2", "knee2", "foot2")
"""Order of the joints in the data: two figures each, across and down."""

FAR, NEAR = "#7E93ABFF", "#F4F8FCFF"
GROUND, ACCENT, INK, QUIET = "#101C2BFF", "#3FC9B0FF", "#F4F8FCFF", "#B4C3D3FF"
"""Colours; ink on ground has a contrast of 15 to 1, quiet on ground 9 to 1."""

FLOOR = 94
"""Where the floor is drawn, just under the feet."""

WORDS = "${Math.floor(viewport.width * 0.91 - viewport.height * 0.62)}"
"""Width of the words beside the figure: whole, as a fraction may come to lie outside on a screen of an odd density."""

SWING = 4000
"""Milliseconds from one posture to the other."""

LINGER = 30
"""Seconds for which the picture stays after its block."""


def directive(picture: Picture) -> Json:
    """The directive that shows a picture."""
    return {"type": "Alexa.Presentation.APL.RenderDocument", "token": TOKEN, "document": _document(picture),
            "datasources": {"stretch": _data(picture)}}


def _data(picture: Picture) -> Json:
    share = picture.gone / picture.seconds if picture.seconds else 1.0
    start = [value for joint in JOINTS for value in picture.start[joint]]
    end = [value for joint in JOINTS for value in picture.end[joint]]
    return {
        "title": picture.title, "side": picture.side, "following": picture.following,
        "gone": round(100 * share, 1), "left": max(0, round(1000 * (picture.seconds - picture.gone))),
        "start": start, "change": [round(there - here, 2) for here, there in zip(start, end, strict=True)],
        "wall": -1 if picture.wall is None else picture.wall,
    }


def _document(picture: Picture) -> Json:
    return {
        "type": "APL", "version": VERSION, "theme": "dark",
        "settings": {"idleTimeout": round(1000 * (picture.seconds - picture.gone + LINGER))},
        "graphics": {"figure": _figure()},
        "layouts": {"Bar": _bar(), "Button": _button()},
        "mainTemplate": {"parameters": ["stretch"], "items": [_round(picture), _wide(picture)]},
    }


# --- the figure: a line from joint to joint, between where it starts and where it ends ---


def _figure() -> Json:
    wall = {"type": "path", "pathData": "M${wall},8 L${wall},94", "stroke": QUIET, "strokeWidth": "${wall < 0 ? 0 : 2}"}
    return {
        "type": "AVG", "version": "1.1", "width": 100, "height": 100, "viewportWidth": 100, "viewportHeight": 100,
        "parameters": [{"name": "p", "type": "any"}, {"name": "d", "type": "any"},
                       {"name": "wall", "type": "number", "default": -1},
                       {"name": "t", "type": "number", "default": 0}],
        "items": [
            wall,
            {"type": "path", "pathData": f"M4,{FLOOR} L96,{FLOOR}", "stroke": QUIET, "strokeWidth": 1},
            *(_line(_limb(limb), FAR) for limb in (("neck", "elbow2", "hand2"), ("hip", "knee2", "foot2"))),
            _line(f"M{_at('neck')} Q{_at('back')} {_at('hip')}", NEAR),
            *(_line(_limb(limb), NEAR) for limb in (("hip", "knee", "foot"), ("neck", "elbow", "hand"))),
            _line(f"M{_at('neck')} L{_at('head')}", NEAR),
            {"type": "group", "translateX": _coordinate("head", 0), "translateY": _coordinate("head", 1), "items": [
                {"type": "path", "pathData": "M-6,0 A6,6,0,1,0,6,0 A6,6,0,1,0,-6,0", "fill": NEAR}]},
        ],
    }


def _limb(joints: Sequence[str]) -> str:
    return "M" + " L".join(map(_at, joints))


def _line(path: str, colour: str) -> Json:
    return {"type": "path", "pathData": path, "stroke": colour, "strokeWidth": 5, "strokeLineCap": "round",
            "strokeLineJoin": "round", "fill": "transparent"}


def _at(joint: str) -> str:
    return f"{_coordinate(joint, 0)},{_coordinate(joint, 1)}"


def _coordinate(joint: str, axis: int) -> str:
    place = 2 * JOINTS.index(joint) + axis
    return f"${{p[{place}]+d[{place}]*t}}"


# --- the page ---


def _picture(size: str) -> Json:
    return {
        "type": "VectorGraphic", "source": "figure", "width": size, "height": size, "scale": "best-fit",
        "p": "${stretch.start}", "d": "${stretch.change}", "wall": "${stretch.wall}",
        "t": f"${{(1-Math.cos(elapsedTime/{SWING}*Math.PI))/2}}",
    }


def _text(text: str, size: str, colour: str = INK, **more: Any) -> Json:  # noqa: ANN401  # as APL has it
    return {"type": "Text", "text": text, "fontSize": size, "color": colour, "maxLines": 2, **more}


def _words(align: str) -> Iterator[Json]:
    """Title, side and what comes next, large enough for three metres."""
    yield _text("${stretch.title}", "${viewport.shape == 'round' ? 40 : viewport.height / 7.5}", fontWeight="700",
                textAlign=align, maxLines=2)
    yield _text("${stretch.side}", "${viewport.shape == 'round' ? 28 : viewport.height / 12}", ACCENT, textAlign=align,
                display="${stretch.side == '' ? 'none' : 'normal'}")
    yield _text("${stretch.following}", "${viewport.shape == 'round' ? 22 : viewport.height / 17}", QUIET,
                textAlign=align, spacing="1vh")


def _buttons(picture: Picture, width: str) -> Json:
    buttons = [{"type": "Button", "sends": sends, "words": words, "told": told}
               for sends, (words, told) in picture.touch.items()]
    return {"type": "Container", "direction": "row", "justifyContent": "spaceBetween", "width": width,
            "paddingRight": 1, "items": buttons}  # as above: the last one stays inside


def _wide(picture: Picture) -> Json:
    """Figure on one side, words on the other, bar and buttons below."""
    words = {"type": "Container", "width": WORDS, "paddingLeft": "4vw", "items": list(_words("left"))}
    top = {"type": "Container", "direction": "row", "width": "100%", "height": "66vh", "alignItems": "center",
           "items": [_picture("62vh"), words]}
    parts: list[Json] = [top, {"type": "Bar", "width": "92vw"}, _buttons(picture, "92vw")]
    return _page(parts, paddingLeft="4vw", paddingRight="4vw", paddingTop="3vh", paddingBottom="4vh",
                 justifyContent="spaceBetween")


def _round(picture: Picture) -> Json:
    """Everything within the circle, one below the other."""
    parts = [_picture("40vh"), {"type": "Container", "width": "76vw", "alignItems": "center",
                                "items": list(_words("center"))},
             {"type": "Bar", "width": "62vw", "spacing": "2vh"},
             {**_buttons(picture, "62vw"), "spacing": "2vh"}]
    return {**_page(parts, paddingTop="5vh", justifyContent="start"), "when": "${viewport.shape == 'round'}"}


def _page(items: list[Json], **more: Any) -> Json:  # noqa: ANN401  # as APL has it
    return {"type": "Frame", "backgroundColor": GROUND, "width": "100%", "height": "100%", "items": [
        {"type": "Container", "width": "100%", "height": "100%", "alignItems": "center", "items": items, **more}]}


def _bar() -> Json:
    """How far along the block is: full when it ends."""
    moves: Mapping[str, Any] = {
        "type": "AnimateItem", "duration": "${stretch.left}", "easing": "linear", "value": [{
            "property": "transform", "from": [{"translateX": "${stretch.gone-100}%"}], "to": [{"translateX": "0%"}]}]}
    fill = {"type": "Frame", "id": "bar", "width": "100%", "height": "100%", "backgroundColor": ACCENT,
            "transform": [{"translateX": "${stretch.gone-100}%"}], "onMount": [{**moves, "sequencer": "bar"}]}
    return {"parameters": ["width"], "items": [
        {"type": "Frame", "width": "${width}", "height": "${viewport.shape == 'round' ? 8 : 14}", "borderRadius": 7,
         "backgroundColor": "#2A3B50FF", "items": [fill]}]}


def _button() -> Json:
    sent = {"type": "SendEvent", "arguments": ["${sends}"]}
    face = {"type": "Frame", "backgroundColor": "#22344AFF", "borderRadius": 16, "items": [
        _text("${words}", "${viewport.shape == 'round' ? 20 : Math.floor(viewport.height / 16)}", textAlign="center",
              paddingTop="${viewport.shape == 'round' ? 10 : Math.floor(viewport.height / 45)}",
              paddingBottom="${viewport.shape == 'round' ? 10 : Math.floor(viewport.height / 45)}",
              width="${viewport.shape == 'round' ? 84 : Math.floor(viewport.width * 0.28)}", maxLines=1)]}
    target = {"type": "TouchWrapper", "id": "${sends}", "accessibilityLabel": "${told}", "onPress": [sent],
              "items": [face]}
    return {"parameters": ["sends", "words", "told"], "items": [target]}
