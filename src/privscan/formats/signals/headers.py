"""What a header says of a column of measurements of bodies: a joint, an electrode, a pen's angle.

One such header says little, several of a kind what the table is: `together` in the weights.
"""

from __future__ import annotations

import re

_SIDE = r"(?:left|right|mid|l|r)?"
_FRAME = r"(?:pose|body|kp|keypoint|landmark|landmarks|joint|skeleton|skel|world|pos|marker)*"
_LEG = r"(?:hip|upleg|thigh|knee|shin|shank|ankle|heel|bigtoe|smalltoe|toebase|toe|foot|footindex|kne|ank|hee)"
_JOINT = (
    r"(?:nose|neck|head|shoulder|elbow|wrist|hand|spine\w{0,8}?|pelvis|thorax|chest|sternum|torso|eye"
    r"|ear|clavicle|arm|forearm|upperarm)"
)
_AXIS = r"(?:joint|position|pos|rotation|rot|angle|loc|kp)*(?:x|y|z|score|conf|confidence|likelihood|visibility|presence|flexion|flex)"
_ACTING = (
    r"(?:[tf]?body|user|linear|lin|total|raw|hand|wrist|waist|chest|ankle|phone|watch|left|right|l|r|shank|thigh)*"
    r"(?:acc|accel|acceleration|accelerometer|gyro|gyr|gyroscope|rotationrate|angvel|angularvelocity)"
)

_SENSOR = r"(?:jerk)?(?:mean|std|sensor|data|val|value)?"
_KEY_TIMES = (
    r"(?:key)?(?:hold|dwell)time|(?:key)?flighttime|keypress(?:time)?|key(?:down|up)(?:time)?"
    r"|keyrelease(?:time)?|presstime|releasetime|(?:digraph|trigraph|interkey)\w{0,10}"
    r"|presspresstime|releasepresstime|(?:ud|dd|du|uu)(?:time|latency)"
)
_OF_PENS = (
    r"pen(?:status|state|up|down|updown|pressure|tilt|tiltx|tilty|azimuth|altitude|lift|contact)"
    r"|stylus\w{1,12}|buttonstatus"
)
_STROKES = (
    r"x|y|xcoord|ycoord|xpos|ypos|pressure|azimuth|altitude|tilt|tiltx|tilty|inclination"
    r"|penx|peny|timestamp"
)
_EYES = (
    r"(?:left|right|l|r|mean|avg)?(?:gaze|pupil|fixation|saccade)(?:point|position|pos|angle|direction"
    r"|diameter|dia|size|area|duration|amplitude|velocity|count|index|left|right|l|r|x|y|z|mm|norm"
    r"|data|screen|on){1,5}"
)
_SCALP = r"fp[12z]|[fcpo]z|tp(?:7|8|9|10)|af[3478z]|f[ct][1-9z]|cp[1-6z]|po[3478z]"
_REFERENCE = r"(?:a[12]|m[12]|ref|uv)?"

_COMPACT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("leg", rf"{_FRAME}({_SIDE}{_LEG}{_SIDE}){_AXIS}"),
        ("joint", rf"{_FRAME}({_SIDE}{_JOINT}{_SIDE}){_AXIS}"),
        ("acceleration", rf"({_ACTING}{_SENSOR}[xyz]|[gw]f?[xyz])"),
        ("acceleration", rf"([xyz](?:axis)?{_ACTING})"),
        ("typing", rf"({_KEY_TIMES})"),
        ("stylus", rf"({_OF_PENS})"),
        ("pen", rf"({_STROKES})"),
        ("gaze", rf"({_EYES})"),
        ("lead", r"((?:lead|ecg|ekg)?(?:avr|avl|avf|mlii|mliii))"),
        ("leads", r"((?:lead|ecg|ekg)?(?:i|ii|iii|v[1-6]))"),
        ("electrode", rf"(?:eeg|ch|channel)?({_SCALP}){_REFERENCE}"),
        # Trials, teams and squares of chess have such names as well.
        ("electrodes", rf"(?:eeg|ch|channel)?(f[3478]|c[34]|t[3-8]|p[3478]|o[12]){_REFERENCE}"),
    )
)
_TYPING = re.compile(r"(?:H|DD|UD|UU|DU)\.[\w.]{1,24}")
_LEAF = re.compile(r"[^\[\]/]+$")
_JOINED = re.compile(r"[\s_.\-()\[\]:/,]+")
_LONGEST = 48


def measured(path: str) -> tuple[str, str] | None:
    """The family and the name of what a column's header measures of a body, or None."""
    leaf = _LEAF.search(path.strip())
    if not leaf or len(leaf[0]) > _LONGEST:
        return None
    if _TYPING.fullmatch(leaf[0]):
        return "typing", leaf[0]
    compact = _JOINED.sub("", leaf[0]).casefold()
    for kind, form in _COMPACT:
        if found := form.fullmatch(compact):
            return kind, found[1]
    return None
