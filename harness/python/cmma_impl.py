#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An example for `cmma check 'exec:python3 harness/python/cmma_impl.py'`: what spec/clauses says, and the protocol of
docs/protocol.md, in one file to copy. Memory is a dictionary that holds only pages that differ from a new one, so its
size does not matter; what all pages of a slot have in common stands in the slot."""

import json
import struct
import sys
from itertools import groupby

MAX_COUNT, MAX_SLOT_PAGES, END_OF_MEMORY, GAP_PAGES = 1 << 20, (1 << 31) - 1, 1 << 52, 16
NONE = END_OF_MEMORY  # no page
USAGE, NO_DAT, ATTRIBUTES = 0x03, 0x40, 0x43
RESIDENT, PRESERVED, ZERO = 0, 2, 3
FILLER, BUFFER = 0xA5, 1 << 32  # what the buffer of GET holds before the call, and where it lies
CAPABILITIES = ["allocation_failure", "bad_argument", "bad_buffer", "essa", "essa_steps", "high_memory", "large_memory",
                "many_vcpus", "move_in_place", "no_cmma_host", "no_dat", "residency", "slot_allocation_failure", "unaligned_slots",
                "vcpu", "wide_orc"]


class Failure(Exception):
    """The word of a call that does not succeed."""


def need(condition, word):
    if not condition:
        raise Failure(word)


class Slot:
    def __init__(self, base, pages, dirty_log):
        self.base, self.end, self.dirty_log = base, base + pages, dirty_log
        self.attributes, self.content = {}, {}  # of pages where they are not 0
        self.all_dirty, self.others = False, set()  # the pages for which all_dirty is not true

    def dirty(self, gfn):
        return self.all_dirty != (gfn in self.others)

    def mark(self, gfn, dirty):
        (self.others.add if dirty != self.all_dirty else self.others.discard)(gfn)

    def mark_all(self, dirty):
        self.all_dirty, self.others = dirty, set()

    def dirty_count(self):
        return self.end - self.base - len(self.others) if self.all_dirty else len(self.others)

    def next_dirty(self, gfn):
        gfn = max(gfn, self.base)
        if not self.all_dirty:
            return min((other for other in self.others if other >= gfn), default=NONE)
        while gfn in self.others:
            gfn += 1
        return gfn if gfn < self.end else NONE


class Vm:
    def __init__(self, host_has_cmma):
        self.host_has_cmma, self.slots = host_has_cmma, {}
        self.vcpu = self.enabled = self.used = self.migrating = False

    def slot_at(self, gfn):
        return next((slot for slot in self.slots.values() if slot.base <= gfn < slot.end), None)

    def dirty_count(self):
        return sum(slot.dirty_count() for slot in self.slots.values())

    def next_dirty(self, gfn):
        return min((slot.next_dirty(gfn) for slot in self.slots.values()), default=NONE)

    def place(self, id, base, pages, dirty_log, allocation):
        need(base + pages <= END_OF_MEMORY, "EINVAL")
        others = [slot for other, slot in self.slots.items() if other != id]
        need(all(base + pages <= slot.base or slot.end <= base for slot in others), "EEXIST")
        need(allocation != "fails", "ENOMEM")
        self.slots[id] = Slot(base, pages, dirty_log)
        if not dirty_log:
            self.stop_migration()

    def create_vcpu(self):
        self.vcpu = True

    def create_slot(self, id, base_gfn, pages, dirty_log, allocation=None):
        need(id not in self.slots, "EEXIST")
        need(0 < pages <= MAX_SLOT_PAGES, "EINVAL")
        self.place(id, base_gfn, pages, dirty_log, allocation)

    def set_slot_flags(self, id, dirty_log):
        need(id in self.slots, "EINVAL")
        if self.slots[id].dirty_log and not dirty_log:
            self.stop_migration()
        self.slots[id].dirty_log = dirty_log

    def move_slot(self, id, base_gfn, allocation=None):
        need(id in self.slots, "EINVAL")
        slot = self.slots[id]
        self.place(id, base_gfn, slot.end - slot.base, slot.dirty_log, allocation)

    def delete_slot(self, id, allocation=None):  # which makes no difference
        need(self.slots.pop(id, None), "EINVAL")

    def enable_cmma(self):
        need(self.host_has_cmma, "ENXIO")
        need(not self.vcpu, "EBUSY")
        self.enabled = True

    def clear_cmma(self):
        need(self.host_has_cmma, "ENXIO")
        need(self.enabled, "EINVAL")
        for slot in self.slots.values():
            slot.attributes = {}

    def start_migration(self):
        if self.migrating:
            return
        need(self.slots, "EINVAL")
        need(not self.enabled or all(slot.dirty_log for slot in self.slots.values()), "EINVAL")
        self.migrating = True
        for slot in self.slots.values():
            slot.mark_all(self.enabled)

    def stop_migration(self):
        self.migrating = False
        for slot in self.slots.values():
            slot.mark_all(False)

    def migration_status(self):
        return {"migrating": self.migrating}

    def touch(self, gfn, content=RESIDENT):
        slot = self.slot_at(gfn)
        need(slot, "addressing")
        slot.content[gfn] = content

    def evict(self, gfn):
        self.touch(gfn, PRESERVED)

    def essa(self, gfn, orc, pages=1):
        answers = [self.essa_page(gfn + page, orc) for page in range(pages)]
        return {"r1": hex(answers[0]), **({} if len(set(answers)) == 1 else {"breach": "a page answers otherwise"})}

    def essa_page(self, gfn, orc):
        need(self.enabled, "operation")
        need(orc <= 7, "specification")
        self.used |= not self.migrating
        slot = self.slot_at(gfn)
        need(slot, "addressing")
        attributes, content = slot.attributes.get(gfn, 0), slot.content.get(gfn, RESIDENT)
        usage, no_dat, discarded = attributes & USAGE, attributes & NO_DAT, ZERO if content else RESIDENT
        # for each ORC: usage, no-DAT, content
        slot.attributes[gfn], slot.content[gfn] = [
            (usage | no_dat, content), (0, content), (1 | no_dat, discarded), (3 | no_dat, discarded),
            ((3 if content else 2) | no_dat, discarded), (no_dat, content),
            ((usage if content else 0) | no_dat, content), (NO_DAT, content)][orc]
        if self.migrating and orc:
            slot.mark(gfn, True)
        return usage << 2 | content | (0x20 if no_dat else 0)

    def essa_begin(self, gfn, orc):
        self.begun = perform(self.essa, gfn=gfn, orc=orc)

    def essa_end(self):
        return self.begun

    def get(self, start_gfn, count, flags=0, remaining=0, buffer_bytes=None, argument=None, allocation=None):
        need(argument != "unreadable", "EFAULT")
        need(self.enabled, "ENXIO")
        need(flags == 1 or (flags == 0 and self.migrating), "EINVAL")
        if count == 0 or not self.used or (flags == 0 and self.dirty_count() == 0):
            need(argument != "read_only", "EFAULT")
            return {"zeroed": True}
        need(allocation != "fails", "ENOMEM")
        count = min(count, MAX_COUNT)
        values, first = self.peek(start_gfn, count) if flags else self.block(start_gfn, count)
        need(values, "EFAULT")
        need(buffer_bytes is None or len(values) <= buffer_bytes, "EFAULT")
        need(argument != "read_only", "EFAULT")
        return {"start_gfn": hex(first), "count": len(values), "remaining": hex(self.dirty_count()),
                "values": runs(values)}

    def peek(self, gfn, count):
        values = []
        while len(values) < count and (slot := self.slot_at(gfn + len(values))):
            end = min(slot.end, gfn + count)
            values += [slot.attributes.get(page, 0) for page in range(gfn + len(values), end)]
        return values, gfn

    def block(self, gfn, count):
        first = self.next_dirty(gfn if self.next_dirty(gfn) != NONE else 0)
        values, length, slot = [], 0, None
        for gfn in range(first, first + count):
            slot = slot if slot and gfn < slot.end else self.slot_at(gfn)
            if not slot or len(values) - length == GAP_PAGES:
                break
            values.append(slot.attributes.get(gfn, 0))
            if slot.dirty(gfn):
                length = len(values)
                slot.mark(gfn, False)
        return values[:length], first

    def set(self, start_gfn, count, mask, values, flags=0, argument=None, allocation=None):
        need(argument != "unreadable", "EFAULT")
        need(self.enabled, "ENXIO")
        need(flags == 0 and count <= MAX_COUNT, "EINVAL")
        if count == 0:
            return
        need(allocation != "fails", "ENOMEM")
        values = unrun(values)
        need(len(values) >= count, "EFAULT")
        self.used = True
        selected, slot = mask >> 24 & ATTRIBUTES, None
        for gfn, value in zip(range(start_gfn, start_gfn + count), values):
            slot = slot if slot and slot.base <= gfn < slot.end else self.slot_at(gfn)
            need(slot, "EFAULT")
            slot.attributes[gfn] = slot.attributes.get(gfn, 0) & ~selected | value & selected


def runs(values):  # [0, 65, 65] -> "00 41*2"
    return " ".join(f"{value:02x}*{len(list(run))}".removesuffix("*1") for value, run in groupby(values))


def unrun(text):
    words = [word.partition("*") for word in text.split()]
    return [int(value, 16) for value, _, count in words for _ in range(int(count or 1))]


def do(vm, op, arguments):
    numbers = {name: int(value, 16) if str(value).startswith("0x") else value for name, value in arguments.items()}
    return perform(getattr(vm, op), **numbers)


def perform(method, **numbers):
    try:
        result = {"result": "ok", **(method(**numbers) or {})}
    except Failure as failure:
        result = {"result": str(failure)}
    return {**result, **memory(result, **numbers)} if method.__name__ in ("get", "set") else result


def memory(result, start_gfn, count, flags=0, remaining=0, mask=0, values=None, buffer_bytes=None, **_):
    """The caller's memory after the call, as docs/protocol.md has it: the struct, and the buffer with what is behind it."""
    buffer = unrun(values) if values is not None else [FILLER] * (min(count, MAX_COUNT) + 64 if buffer_bytes is None else buffer_bytes)
    log = [start_gfn, count, flags, mask or remaining, BUFFER]
    if "zeroed" in result:
        log = [0] * 5
    elif "start_gfn" in result:
        log = [int(result["start_gfn"], 16), result["count"], flags, int(result["remaining"], 16), BUFFER]
        buffer[:result["count"]] = unrun(result["values"])
    return {"argument": runs(struct.pack("<QIIQQ", *log)), "buffer": runs(buffer), "buffer_address": hex(BUFFER)}


def answer(question):
    if "hello" in question:
        return {"hello": 1, "name": "the example in Python", "version": "1", "byte_order": "little", "capabilities": CAPABILITIES}
    vm = Vm(question.get("host_has_cmma", True))
    return {"id": question["id"], "results": [do(vm, each.pop("op"), each) for each in question["operations"]]}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
