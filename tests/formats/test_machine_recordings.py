"""EDF is made for bodies, and machines are recorded in it too."""

import pytest

from privscan.formats.signals import signal_of


def edf(labels):
    count = len(labels)
    head = "0".ljust(8) + "X X X X".ljust(80) + "Startdate 01-JAN-2020 X X X".ljust(80)
    head += "01.01.2010.00.00" + str(256 * (count + 1)).ljust(8) + " " * 44
    head += "10".ljust(8) + "1".ljust(8) + str(count).ljust(4)
    return (head + "".join(label.ljust(16) for label in labels) + " " * 240 * count).encode()


@pytest.mark.parametrize(
    ("labels", "score"),
    [
        (["Vibration X", "Motor speed"], 0.2),
        (["Bearing 1", "RPM"], 0.2),
        (["EEG Fp1", "Current"], 0.95),
        (["channel 1", "channel 2"], 0.6),
    ],
)
def test_channels_say_what_was_recorded(labels, score):
    found = signal_of(edf(labels))
    assert found is not None
    assert found.entities == {"health_signal": score}
