"""Made captures of bodies, and made pictures that look like them."""

from __future__ import annotations

import cv2
import numpy as np
import polars as pl

from privscan.model.data import Column
from privscan.model.kinds import Kind


def column(*pictures, labels=None, path="image", place=""):
    """A column of pictures given as samples or as encoded bytes."""
    cells = [p if isinstance(p, bytes) else cv2.imencode(".png", p)[1].tobytes() for p in pictures]
    names = pl.Series(labels, dtype=pl.String) if labels else None
    return Column(path, Kind.IMAGE, pl.Series(path, cells, pl.Binary), names, place=place)


def found(detector, *pictures, labels=None, path="image", place=""):
    """What a detector says of each picture: entity and detector string."""
    hits = list(detector.find(column(*pictures, labels=labels, path=path, place=place)))
    return [sorted((h.entity, h.detector) for h in hits if h.mask[i]) for i in range(len(pictures))]


def grid(height, width):
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return x, y


def wave(phase):
    """Stripes as bright and dark as ridges."""
    return np.clip(128 + 100 * np.sin(phase), 0, 255).astype(np.uint8)


def clouds(rng, size, scale):
    """A smooth random field of standard deviation 1."""
    field = cv2.GaussianBlur(rng.standard_normal(size).astype(np.float32), (0, 0), scale)
    return field / field.std()


def flow(kind, size, rng):
    """Directions of ridges by their singular points (Sherlock and Monro, 1993)."""
    x, y = grid(*size)
    place = x + 1j * y
    core = complex(size[1] * rng.uniform(0.45, 0.55), size[0] * rng.uniform(0.4, 0.5))
    delta = [core + complex(side * size[1] * 0.36, size[0] * 0.34) for side in (-1, 1)]
    if kind == "loop":
        return (np.angle(place - core) - np.angle(place - delta[1])) / 2
    if kind == "whorl":
        second = core + complex(0, size[0] * 0.1)
        cores = np.angle(place - core) + np.angle(place - second)
        return (cores - np.angle(place - delta[0]) - np.angle(place - delta[1])) / 2
    return (
        -1.1 * np.sin(np.pi * y / size[0]) * np.sin(2 * np.pi * (x - core.real) / (1.3 * size[1]))
    )


def ridges(directions, period, rng, rounds=6, turns=16):
    """Ridges grown out of noise by filters along them, with minutiae where they must meet."""
    reach = int(period * 1.5)
    x, y = grid(2 * reach + 1, 2 * reach + 1)
    x, y = x - reach, y - reach
    nearest = np.round(directions % np.pi / np.pi * turns).astype(int) % turns
    grown = rng.standard_normal(directions.shape).astype(np.float32)
    for _ in range(rounds):
        filtered = np.zeros_like(grown)
        for turn in range(turns):
            angle = turn * np.pi / turns
            across = -x * np.sin(angle) + y * np.cos(angle)
            kernel = np.exp(-(x**2 + y**2) / (2 * (period * 0.55) ** 2))
            kernel *= np.cos(2 * np.pi * across / period)
            here = nearest == turn
            filtered[here] = cv2.filter2D(grown, -1, kernel - kernel.mean())[here]
        grown = np.tanh(filtered / np.abs(filtered).mean())
    return grown


def fingerprint(kind="loop", seed=1, size=(260, 220), period=8.5, noise=18):
    """A dab on white: an ellipse of ridges, noise over all."""
    rng = np.random.default_rng(seed)
    shown = 128 + 90 * ridges(flow(kind, size, rng), period, rng)
    x, y = grid(*size)
    off = ((x / size[1] - 0.5) / 0.45) ** 2 + ((y / size[0] - 0.5) / 0.47) ** 2
    shown = 255 - (255 - shown) / (1 + np.exp((off - 1) * 14))
    shown = cv2.GaussianBlur(shown + rng.normal(0, noise, size), (0, 0), 0.7)
    return np.clip(shown, 0, 255).astype(np.uint8)


def stripes():
    """By name: what has waves as ridges have, and is no print."""
    rng = np.random.default_rng(5)
    x, y = grid(320, 320)
    from_middle = np.hypot(x - 150, y - 170)
    around = np.arctan2(y - 170, x - 150)
    bent = clouds(rng, (320, 320), 50)
    made = {
        "grating": wave(x * 0.6 + y * 0.3),
        "plaid": (wave(x / 1.5) // 2 + wave(y / 1.5) // 2),
        "record": wave(from_middle / 1.5),
        "spiral": wave(from_middle / 1.5 + 5 * around),
        "tree rings": wave(np.hypot((x - 150) * 1.1, y - 120) / 1.6 + bent),
        "fan": wave(60 * around),
        "zone plate": wave(from_middle**2 / 300),
        "chirp": wave(x**2 / 400),
        "moire": wave(from_middle / 1.5) // 2 + wave(np.hypot(x - 200, y - 170) / 1.5) // 2,
        "wood": wave((x + 18 * np.sin(y / 140) + 12 * bent) / 1.8),
        "water": wave((y + 25 * np.sin(x / 50 + y / 90)) / 1.8),
        "zebra": np.where(np.sin((0.7 * x + 0.7 * y + 60 * bent) / 4) > 0, 255, 0).astype(np.uint8),
        "contour map": np.where(np.abs(bent * 6 % 1 - 0.5) < 0.12, 0, 255).astype(np.uint8),
        "fringes": wave(clouds(rng, (320, 320), 25) * 15),
        "noise": rng.integers(0, 256, (320, 320), np.uint8),
        "bar code": np.repeat(rng.integers(0, 2, (1, 160), np.uint8) * 255, 320, 0).repeat(2, 1),
        "halftone": np.where(np.sin((x + y) / 1.6) * np.sin((x - y) / 1.6) > 0, 255, 0).astype(
            np.uint8
        ),
    }
    spots = rng.standard_normal((320, 320)).astype(np.float32)
    for _ in range(8):
        spots = cv2.GaussianBlur(spots, (0, 0), 1.8) - cv2.GaussianBlur(spots, (0, 0), 3.5)
        spots = np.tanh(spots / spots.std() * 1.5)
    made["labyrinth"] = np.clip(128 + 100 * spots, 0, 255).astype(np.uint8)
    page = np.full((320, 320), 255, np.uint8)
    for line in range(12, 320, 14):
        cv2.putText(page, "lorem ipsum dolor sit amet consectetur", (8, line), 0, 0.4, 0, 1)
    return made | {"text": page}


def _inside(off, soft):
    return 1 / (1 + np.exp(np.clip(off / soft, -30, 30)))


def eye(seed=1, size=(240, 320), greys=(35, 95, 175, 150), noise=4):
    """An eye in infrared: pupil, iris with texture, sclera, lids with lashes, lamps' images."""
    rng = np.random.default_rng(seed)
    x, y = grid(*size)
    middle = size[1] * rng.uniform(0.42, 0.58), size[0] * rng.uniform(0.44, 0.56)
    limbus = size[0] * rng.uniform(0.24, 0.36)
    pupil = limbus * rng.uniform(0.28, 0.5)
    out, angle = np.hypot(x - middle[0], y - middle[1]), np.arctan2(y - middle[1], x - middle[0])
    rays = cv2.GaussianBlur(rng.standard_normal((40, 181)).astype(np.float32), (0, 0), 1.2)
    depth = np.clip((out - pupil) / (limbus - pupil) * 39, 0, 39)
    texture = cv2.remap(rays, (angle + np.pi) / (2 * np.pi) * 180, depth, cv2.INTER_LINEAR)
    shown = np.full(size, float(greys[2])) + 10 * np.cos(angle)
    for edge, inner, soft in ((limbus, greys[1] + 22 * texture, 2.5), (pupil, greys[0], 1.2)):
        share = _inside(out - edge, soft)
        shown = shown * (1 - share) + inner * share
    bow = 1 - ((x - middle[0]) / (limbus * 2.2)) ** 2
    upper, lower = middle[1] - limbus * 0.8 * bow, middle[1] + limbus * 0.95 * bow
    open_ = _inside(upper - y, 2) * _inside(y - lower, 2)
    shown = shown * open_ + (greys[3] + 12 * clouds(rng, size, 25)) * (1 - open_)
    shown -= 35 * np.exp(-(((y - upper) / 4) ** 2)) * (bow > 0)
    for turn in rng.uniform(0, 6, 2):
        at = (int(middle[0] + pupil / 2 * np.cos(turn)), int(middle[1] + pupil / 2 * np.sin(turn)))
        cv2.circle(shown, at, max(1, int(pupil * 0.1)), 250.0, -1)
    shown = cv2.GaussianBlur(shown, (0, 0), 0.8) + rng.normal(0, noise, size)
    return np.clip(shown, 0, 255).astype(np.uint8)


def rounds():
    """By name: round things with a middle, on plain ground, a little noise over all."""
    rng = np.random.default_rng(3)
    discs = {
        "target": (255, (110, 40), (88, 230), (66, 40), (44, 230), (22, 40)),
        "button": (120, (90, 190), (12, 40)),
        "plate": (90, (110, 235), (75, 225)),
        "coin": (200, (100, 120), (90, 135)),
        "wheel": (200, (105, 40), (70, 160), (20, 60)),
        "compact disc": (230, (105, 170), (40, 220), (16, 30)),
        "record": (210, (110, 30), (38, 170), (5, 20)),
        "lens": (180, (110, 25), (80, 60), (60, 20), (30, 70), (18, 10)),
        "loudspeaker": (160, (110, 70), (95, 45), (40, 25)),
        "ball": (220, (80, 60)),
        "bull's eye": (240, (100, 120), (40, 30)),
        "washer": (240, (90, 140), (45, 235)),
        "moon": (5, (100, 200)),
    }
    made = {}
    for name, (ground, *circles) in discs.items():
        shown = np.full((240, 320), ground, np.float32)
        for radius, grey in circles:
            cv2.circle(shown, (160, 120), radius, float(grey), -1, cv2.LINE_AA)
        shown = cv2.GaussianBlur(shown, (0, 0), 1) + rng.normal(0, 1, shown.shape)
        made[name] = np.clip(shown, 0, 255).astype(np.uint8)
    x, y = grid(240, 320)
    made["blob"] = np.clip(np.hypot(x - 160, y - 120) * 1.3, 0, 255).astype(np.uint8)
    clock = made["plate"].copy()
    for hour in range(12):
        turn = hour * np.pi / 6
        ends = [(int(160 + r * np.cos(turn)), int(120 + r * np.sin(turn))) for r in (88, 102)]
        cv2.line(clock, *ends, 20, 3)
    cv2.line(clock, (160, 120), (160, 50), 20, 5)
    return made | {"clock": clock}


def veins(seed=1, size=(240, 320), depth=14):
    """A hand in infrared: dark wandering lines in smooth bright tissue on a dark ground."""
    rng = np.random.default_rng(seed)
    lines = np.zeros(size, np.float32)
    for _ in range(6):
        x, y, turn = rng.uniform(0, size[1]), rng.uniform(0, size[0]), rng.uniform(0, 6)
        for _ in range(60):
            before, x, y = (int(x), int(y)), x + 6 * np.cos(turn), y + 6 * np.sin(turn)
            cv2.line(lines, before, (int(x), int(y)), 1.0, 5, cv2.LINE_AA)
            turn += rng.normal(0, 0.2)
    shown = 150 + 10 * clouds(rng, size, 40) - depth * cv2.GaussianBlur(lines, (0, 0), 2)
    hand = _inside(np.abs(grid(*size)[1] - size[0] / 2) - size[0] * 0.42, 3)
    return np.clip(shown * hand + 12 * (1 - hand) + rng.normal(0, 2, size), 0, 255).astype(np.uint8)
