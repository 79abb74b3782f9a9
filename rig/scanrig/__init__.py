"""Drives a whole machine under QEMU: the guest that scanners, units and rules are tested in."""
