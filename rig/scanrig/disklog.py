"""A record of every write and flush of a disk, and that disk as a power cut would have left it.

The record is the kernel's dm-log-writes format (drivers/md/dm-log-writes.c), as QEMU's blklogwrites
writes it: one sector of header, then for each entry a sector that describes it and its data.
"""

import random
import struct
from dataclasses import dataclass

MAGIC = 0x6A736677736872
HEADER = struct.Struct("<QQQI")
ENTRY = struct.Struct("<QQQQ")
FLUSH, FUA, DISCARD = 1, 2, 4


@dataclass
class Write:
    offset: int
    data: memoryview
    flags: int
    # Where its entry ends in the record: what was acknowledged before the record was so long must
    # not be lost by a cut after this write.
    end: int

    def apply(self, image):
        if not self.flags & DISCARD:
            image[self.offset : self.offset + len(self.data)] = self.data


def read_log(path):
    with open(path, "rb") as file:
        record = memoryview(file.read())
    magic, _, count, sector = HEADER.unpack_from(record)
    assert magic == MAGIC, "this is no record of writes"
    writes = []
    position = sector
    for _ in range(count):
        start, sectors, flags, _ = ENTRY.unpack_from(record, position)
        position += sector
        length = 0 if flags & DISCARD else sectors * sector
        data = record[position : position + length]
        position += length
        writes.append(Write(start * sector, data, flags, position))
    return writes


def images_after_cuts(image, writes, points, seed):
    """For each point, a number of writes: yields it and the disk after a cut at that moment.

    All that came before the last flush is there, and a random half of what came after it: a disk's
    own cache is lost in part and in any order.
    """
    random_source = random.Random(seed)
    certain = bytearray(image)
    flushed = 0
    for point in sorted(points):
        flush = max((i for i in range(flushed, point) if writes[i].flags & FLUSH), default=flushed)
        for write in writes[flushed:flush]:
            write.apply(certain)
        flushed = flush
        disk = bytearray(certain)
        for write in writes[flushed:point]:
            if write.flags & FUA or random_source.random() < 0.5:
                write.apply(disk)
        yield point, disk
