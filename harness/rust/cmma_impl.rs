// SPDX-License-Identifier: MIT
//! An example for `cmma check exec:`, in Rust and its standard library: what spec/clauses says, and the protocol of
//! docs/protocol.md, in one file to copy. To run it:
//!
//!     rustc -O harness/rust/cmma_impl.rs -o cmma_impl && ./cmma check exec:./cmma_impl
//!
//! First the VM, which knows nothing of messages; then the caller's memory, the operations, and JSON. The VM keeps only
//! pages that differ from new ones, and dirty pages as runs, so the size of a memslot does not matter.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::ops::Range;

const MAX_COUNT: u32 = 1 << 20;
const MAX_SLOT_PAGES: u64 = (1 << 31) - 1;
const END_OF_MEMORY: u64 = 1 << 52;
const GAP_PAGES: u64 = 16; // so many clean pages close a block
const PEEK: u32 = 1;
const USAGE: u8 = 0x03; // 0 stable, 1 unused, 2 potentially volatile, 3 volatile
const NO_DAT: u8 = 0x40; // in the PGSTE, both are 24 bits further left
const RESIDENT: u8 = 0;
const PRESERVED: u8 = 2;
const ZERO: u8 = 3;

/// What a call ends with: Err holds the name of an errno or of a program interruption.
type Outcome<T> = Result<T, &'static str>;

fn need(condition: bool, word: &'static str) -> Outcome<()> { if condition { Ok(()) } else { Err(word) } }

/// The end of each run of dirty pages, by its first page. Runs may adjoin but never overlap.
#[derive(Default)]
struct DirtyPages(BTreeMap<u64, u64>);

impl DirtyPages {
    /// The first run at or after gfn; of a run that gfn lies in, the rest.
    fn next(&self, gfn: u64) -> Option<Range<u64>> {
        let within = self.0.range(..gfn).next_back().map(|(_, &end)| gfn..end).filter(|rest| !rest.is_empty());
        within.or_else(|| self.0.range(gfn..).next().map(|(&first, &end)| first..end))
    }

    fn mark(&mut self, gfn: u64) {
        if self.next(gfn).map(|run| run.start) != Some(gfn) {
            self.0.insert(gfn, gfn + 1);
        }
    }

    fn clear(&mut self, pages: &Range<u64>) {
        let outside = |(first, end): (u64, u64)| [(first, end.min(pages.start)), (first.max(pages.end), end)];
        let runs = std::mem::take(&mut self.0).into_iter().flat_map(outside);
        self.0 = runs.filter(|(first, end)| first < end).collect();
    }

    fn count(&self) -> u64 { self.0.iter().map(|(first, end)| end - first).sum() }
}

#[derive(Clone, Copy, Default)]
struct Page { attributes: u8, content: u8 }

struct Slot { pages: Range<u64>, dirty_log: bool }

#[derive(Default)]
struct Vm {
    host_has_cmma: bool, vcpu: bool, enabled: bool, used: bool, migrating: bool,
    slots: BTreeMap<u32, Slot>,
    pages: BTreeMap<u64, Page>, // all others are as in a new slot
    dirty: DirtyPages,
    begun: Option<Outcome<u8>>, // what the ESSA answers that was begun last
}

impl Vm {
    fn slot_at(&self, gfn: u64) -> Option<&Slot> { self.slots.values().find(|slot| slot.pages.contains(&gfn)) }

    /// Up to count pages from gfn on, ending where one does not exist. Slots that adjoin leave no hole.
    fn existing(&self, gfn: u64, count: u32) -> Range<u64> {
        let (mut end, limit) = (gfn, gfn.saturating_add(count.into()));
        while let Some(slot) = self.slot_at(end).filter(|_| end < limit) {
            end = slot.pages.end.min(limit);
        }
        gfn..end
    }

    fn page(&mut self, gfn: u64) -> &mut Page { self.pages.entry(gfn).or_default() }

    fn create_slot(&mut self, id: u32, base: u64, pages: u64, dirty_log: bool, no_memory: bool) -> Outcome<()> {
        need(!self.slots.contains_key(&id), "EEXIST")?;
        need(0 < pages && pages <= MAX_SLOT_PAGES, "EINVAL")?;
        self.place(id, base, pages, dirty_log, no_memory)
    }

    fn move_slot(&mut self, id: u32, base: u64, no_memory: bool) -> Outcome<()> {
        let Slot { pages, dirty_log } = self.slots.get(&id).ok_or("EINVAL")?;
        self.place(id, base, pages.end - pages.start, *dirty_log, no_memory)
    }

    /// Puts a slot at its base, away from where it may have been. Its pages are new, even if it stays where it was.
    fn place(&mut self, id: u32, base: u64, count: u64, dirty_log: bool, no_memory: bool) -> Outcome<()> {
        let pages = base..base.saturating_add(count);
        need(pages.end <= END_OF_MEMORY, "EINVAL")?;
        let apart = |slot: &Slot| pages.end <= slot.pages.start || slot.pages.end <= pages.start;
        need(self.slots.iter().all(|(other, slot)| *other == id || apart(slot)), "EEXIST")?;
        need(!no_memory, "ENOMEM")?;
        let _ = self.delete_slot(id); // a slot that is created is not there yet
        self.slots.insert(id, Slot { pages, dirty_log });
        if dirty_log { Ok(()) } else { self.stop_migration() }
    }

    fn set_slot_flags(&mut self, id: u32, dirty_log: bool) -> Outcome<()> {
        let slot = self.slots.get_mut(&id).ok_or("EINVAL")?;
        let had_dirty_log = std::mem::replace(&mut slot.dirty_log, dirty_log);
        if had_dirty_log && !dirty_log { self.stop_migration() } else { Ok(()) }
    }

    fn delete_slot(&mut self, id: u32) -> Outcome<()> {
        let slot = self.slots.remove(&id).ok_or("EINVAL")?;
        self.pages.retain(|gfn, _| !slot.pages.contains(gfn));
        self.dirty.clear(&slot.pages);
        Ok(())
    }

    fn enable_cmma(&mut self) -> Outcome<()> {
        need(self.host_has_cmma, "ENXIO")?;
        need(!self.vcpu, "EBUSY")?;
        self.enabled = true;
        Ok(())
    }

    fn clear_cmma(&mut self) -> Outcome<()> {
        need(self.host_has_cmma, "ENXIO")?;
        need(self.enabled, "EINVAL")?;
        self.pages.values_mut().for_each(|page| page.attributes = 0);
        Ok(())
    }

    fn start_migration(&mut self) -> Outcome<()> {
        need(self.migrating || !self.slots.is_empty(), "EINVAL")?;
        if self.enabled && !self.migrating {
            need(self.slots.values().all(|slot| slot.dirty_log), "EINVAL")?;
            self.dirty = DirtyPages(self.slots.values().map(|slot| (slot.pages.start, slot.pages.end)).collect());
        }
        self.migrating = true;
        Ok(())
    }

    fn stop_migration(&mut self) -> Outcome<()> {
        self.dirty = DirtyPages::default();
        self.migrating = false;
        Ok(())
    }

    /// The guest touches a page, or the host pages it out.
    fn set_content(&mut self, gfn: u64, content: u8) -> Outcome<()> {
        need(self.slot_at(gfn).is_some(), "addressing")?;
        self.page(gfn).content = content;
        Ok(())
    }

    fn essa(&mut self, gfn: u64, orc: u32) -> Outcome<u8> {
        need(self.enabled, "operation")?;
        need(orc <= 7, "specification")?;
        self.used |= !self.migrating; // even if there is no such page
        need(self.slot_at(gfn).is_some(), "addressing")?;
        let Page { attributes, content } = *self.page(gfn);
        let (usage, no_dat, resident) = (attributes & USAGE, attributes & NO_DAT, content == RESIDENT);
        let discarded = if resident { RESIDENT } else { ZERO };
        let (attributes, content_after) = match orc { // no ORC makes a page resident, and only 1 and 7 change no-DAT
            0 => (attributes, content),
            1 => (0, content),
            2 => (1 | no_dat, discarded),
            3 => (3 | no_dat, discarded),
            4 => (if resident { 2 } else { 3 } | no_dat, discarded),
            5 => (no_dat, content),
            6 => (if resident { no_dat } else { attributes }, content),
            _ => (NO_DAT, content),
        };
        *self.page(gfn) = Page { attributes, content: content_after };
        if self.migrating && orc != 0 { self.dirty.mark(gfn); }
        Ok(usage << 2 | content | no_dat >> 1)
    }

    fn get(&mut self, caller: &mut Caller) -> Outcome<()> {
        need(caller.argument != "unreadable", "EFAULT")?;
        let log = caller.log;
        let peek = log.flags == PEEK;
        need(self.enabled, "ENXIO")?;
        need(peek || (log.flags == 0 && self.migrating), "EINVAL")?;
        if log.count == 0 || !self.used || (!peek && self.dirty.count() == 0) {
            return caller.write_log(Log::default());
        }
        need(!caller.no_memory, "ENOMEM")?;
        let count = log.count.min(MAX_COUNT);
        let block = if peek { self.existing(log.start_gfn, count) } else { self.take_block(log.start_gfn, count) };
        let mut values = vec![0; (block.end - block.start) as usize];
        for (gfn, page) in self.pages.range(block.clone()) {
            values[(gfn - block.start) as usize] = page.attributes;
        }
        need(!values.is_empty() && values.len() <= caller.buffer.len(), "EFAULT")?;
        caller.buffer[..values.len()].copy_from_slice(&values);
        caller.write_log(Log { start_gfn: block.start, count: values.len() as u32, remaining_or_mask: self.dirty.count(), ..log })
    }

    /// Finds the block that GET delivers and removes its marks, which are gone even if a write faults later.
    fn take_block(&mut self, start_gfn: u64, count: u32) -> Range<u64> {
        let mut block = self.dirty.next(start_gfn).or_else(|| self.dirty.next(0)).unwrap_or(0..0);
        let limit = self.existing(block.start, count).end;
        block.end = block.end.min(limit);
        while let Some(run) = self.dirty.next(block.end).filter(|run| run.start < limit && run.start - block.end < GAP_PAGES) {
            block.end = run.end.min(limit);
        }
        self.dirty.clear(&block);
        block
    }

    fn set(&mut self, caller: &Caller) -> Outcome<()> {
        need(caller.argument != "unreadable", "EFAULT")?;
        let log = caller.log;
        need(self.enabled, "ENXIO")?;
        need(log.flags == 0 && log.count <= MAX_COUNT, "EINVAL")?;
        if log.count == 0 { return Ok(()); }
        need(!caller.no_memory, "ENOMEM")?;
        need(log.count as usize <= caller.buffer.len(), "EFAULT")?;
        self.used = true;
        let selected = (log.remaining_or_mask >> 24) as u8 & (USAGE | NO_DAT);
        let pages = self.existing(log.start_gfn, log.count);
        for (gfn, value) in pages.clone().zip(&caller.buffer) {
            let page = self.page(gfn);
            page.attributes = page.attributes & !selected | value & selected;
        }
        need(pages.end - pages.start == log.count.into(), "EFAULT")
    }
}

/// The argument of GET and SET, `struct kvm_s390_cmma_log`.
#[derive(Clone, Copy, Default)]
struct Log { start_gfn: u64, count: u32, flags: u32, remaining_or_mask: u64, values: u64 }

const FILLER: u8 = 0xa5; // no answer holds this byte, so it shows what was written
const GUARD: u32 = 64; // bytes behind the buffer that can be written, to see whether they are
const BUFFER_ADDRESS: u64 = 1 << 32;
const MAX_VALUES: usize = 1 << 24; // more than SET may read, and little enough for any machine

/// The caller's memory: the struct, and as many bytes of the buffer as can be written, for SET as can be read.
struct Caller<'a> {
    log: Log,
    buffer: Vec<u8>,
    argument: &'a str, // unreadable, read_only, or neither
    no_memory: bool,   // for the allocation inside the call
}

impl Caller<'_> {
    fn write_log(&mut self, log: Log) -> Outcome<()> {
        need(self.argument != "read_only", "EFAULT")?;
        self.log = log;
        Ok(())
    }

    fn log_bytes(&self) -> Vec<u8> {
        let Log { start_gfn, count, flags, remaining_or_mask, values } = self.log;
        let (count, flags, mask) = (count.to_ne_bytes(), flags.to_ne_bytes(), remaining_or_mask.to_ne_bytes());
        [&start_gfn.to_ne_bytes()[..], &count, &flags, &mask, &values.to_ne_bytes()].concat()
    }

    /// The fields of a GET that succeeded, from where it wrote them.
    fn got(&self) -> String {
        let Log { start_gfn, count, remaining_or_mask: remaining, .. } = self.log;
        if self.log_bytes() == [0; 32] {
            return r#","zeroed":true"#.to_string();
        }
        let values = write_runs(&self.buffer[..self.buffer.len().min(count as usize)]);
        format!(r#","start_gfn":"{start_gfn:#x}","count":{count},"remaining":"{remaining:#x}","values":"{values}""#)
    }

    /// The memory as it is after the call: whoever judges sees for himself what was written.
    fn memory(&self) -> String {
        let (argument, buffer) = (write_runs(&self.log_bytes()), write_runs(&self.buffer));
        format!(r#","argument":"{argument}","buffer":"{buffer}","buffer_address":"{BUFFER_ADDRESS:#x}""#)
    }
}

fn write_runs(bytes: &[u8]) -> String {
    let runs = bytes.chunk_by(|a, b| a == b).map(|run| match run.len() {
        1 => format!("{:02x}", run[0]),
        length => format!("{:02x}*{length}", run[0]),
    });
    runs.collect::<Vec<_>>().join(" ")
}

/// What is read from a message; Err says what is wrong with it.
type Message<T> = Result<T, String>;

fn read_runs(text: &str) -> Message<Vec<u8>> {
    let run = |word: &str| {
        let (value, length) = word.split_once('*').unwrap_or((word, "1"));
        Some((u8::from_str_radix(value, 16).ok()?, length.parse::<usize>().ok()?))
    };
    let mut bytes = Vec::new();
    for word in text.split_whitespace() {
        let fits = |run: &(u8, usize)| run.1 <= MAX_VALUES - bytes.len();
        let (value, length) = run(word).filter(fits).ok_or("values: are no bytes, or too many")?;
        bytes.resize(bytes.len() + length, value);
    }
    Ok(bytes)
}

const U32: u64 = u32::MAX as u64;
const U64: u64 = u64::MAX;

/// Executes one operation and writes its result.
fn operation(vm: &mut Vm, op: &Fields) -> Message<String> {
    let r1 = |r1: u8| format!(r#","r1":"{r1:#x}""#);
    let (outcome, more) = match op.text("op")? {
        "get" => {
            let mut caller = caller(op, op.number_or("remaining", U64, 0)?)?;
            let bytes = u64::from(caller.log.count.min(MAX_COUNT) + GUARD);
            caller.buffer = vec![FILLER; op.number_or("buffer_bytes", MAX_COUNT.into(), bytes)? as usize];
            (vm.get(&mut caller).map(|()| caller.got()), caller.memory())
        }
        "set" => {
            let mut caller = caller(op, op.number("mask", U64)?)?;
            caller.buffer = read_runs(op.text("values")?)?;
            (vm.set(&caller).map(|()| String::new()), caller.memory())
        }
        "essa" => {
            let (gfn, orc, pages) = (op.number("gfn", U64)?, op.number("orc", U32)? as u32, op.number_or("pages", 65536, 1)?);
            let first = vm.essa(gfn, orc);
            let same = (1..pages).all(|page| vm.essa(gfn.saturating_add(page), orc) == first);
            let breach = if same { "" } else { r#","breach":"a page answers otherwise than the first""# };
            (first.map(r1), breach.to_string())
        }
        "essa_end" => (vm.begun.unwrap_or(Ok(0)).map(r1), String::new()),
        "migration_status" => (Ok(format!(r#","migrating":{}"#, vm.migrating)), String::new()),
        name => (simple_operation(vm, name, op)?.map(|()| String::new()), String::new()),
    };
    let (word, fields) = outcome.map_or_else(|word| (word, String::new()), |fields| ("ok", fields));
    Ok(format!(r#"{{"result":"{word}"{fields}{more}}}"#))
}

/// The operations that answer no more than a word.
fn simple_operation(vm: &mut Vm, name: &str, op: &Fields) -> Message<Outcome<()>> {
    let id = || op.number("id", U32).map(|id| id as u32);
    let (gfn, base_gfn, dirty_log) = (|| op.number("gfn", U64), || op.number("base_gfn", U64), || op.flag("dirty_log"));
    let no_memory = op.get("allocation").is_some();
    Ok(match name {
        "create_vcpu" => { vm.vcpu = true; Ok(()) }
        "create_slot" => vm.create_slot(id()?, base_gfn()?, op.number("pages", U64)?, dirty_log()?, no_memory),
        "set_slot_flags" => vm.set_slot_flags(id()?, dirty_log()?),
        "move_slot" => vm.move_slot(id()?, base_gfn()?, no_memory),
        "delete_slot" => vm.delete_slot(id()?),
        "enable_cmma" => vm.enable_cmma(),
        "clear_cmma" => vm.clear_cmma(),
        "start_migration" => vm.start_migration(),
        "stop_migration" => vm.stop_migration(),
        "touch" => vm.set_content(gfn()?, RESIDENT),
        "evict" => vm.set_content(gfn()?, PRESERVED),
        "essa_begin" => { vm.begun = Some(vm.essa(gfn()?, op.number("orc", U32)? as u32)); Ok(()) }
        _ => return Err("op: is unknown".to_string()),
    })
}

/// The caller of GET or SET, as yet without a buffer.
fn caller<'a>(op: &Fields<'a>, remaining_or_mask: u64) -> Message<Caller<'a>> {
    let (start_gfn, count) = (op.number("start_gfn", U64)?, op.number("count", U32)? as u32);
    let flags = op.number_or("flags", U32, 0)? as u32;
    let log = Log { start_gfn, count, flags, remaining_or_mask, values: BUFFER_ADDRESS };
    let (argument, no_memory) = (op.get("argument").unwrap_or(""), op.get("allocation").is_some());
    Ok(Caller { log, buffer: Vec::new(), argument, no_memory })
}

fn greeting() -> String {
    let byte_order = if cfg!(target_endian = "big") { "big" } else { "little" };
    let capabilities = "allocation_failure bad_argument bad_buffer essa essa_steps high_memory large_memory many_vcpus \
        move_in_place no_cmma_host no_dat residency slot_allocation_failure unaligned_slots vcpu wide_orc";
    let (head, list) = (r#""hello":1,"name":"the example in Rust","version":"1""#, capabilities.replace(' ', r#"",""#));
    format!(r#"{{{head},"byte_order":"{byte_order}","capabilities":["{list}"]}}"#)
}

/// The results of all operations on a new VM. It ends with its run: what was done before a bad operation leaves no trace.
fn results(message: &Fields, operations: &[Fields]) -> Message<String> {
    let host_has_cmma = message.get("host_has_cmma").is_none() || message.flag("host_has_cmma")?;
    let mut vm = Vm { host_has_cmma, ..Vm::default() };
    message.text("operations")?;
    let results = operations.iter().enumerate().map(|(index, op)| {
        operation(&mut vm, op).map_err(|reason| format!("operations[{index}].{reason}"))
    });
    Ok(results.collect::<Message<Vec<_>>>()?.join(","))
}

fn answer(line: &[u8]) -> String {
    let refusal = |reason| format!(r#""error":"nothing was done: {reason}""#);
    let line = std::str::from_utf8(line).map_err(|_| "no UTF-8".to_string());
    let (message, operations) = match line.and_then(|line| Reader(line).message()) {
        Ok(message) => message,
        Err(reason) => return format!("{{{}}}", refusal(reason)),
    };
    if message.get("hello") == Some("1") {
        return greeting();
    }
    match (message.text("id"), results(&message, &operations)) {
        (Ok(id), Ok(results)) => format!(r#"{{"id":"{id}","results":[{results}]}}"#),
        (Ok(id), Err(reason)) => format!(r#"{{"id":"{id}","results":[],{}}}"#, refusal(reason)),
        (Err(reason), _) => format!("{{{}}}", refusal(reason)),
    }
}

/// The fields of an object. Numbers, true and false are kept as text, since whoever asks for a field knows what it is.
struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    fn get(&self, name: &str) -> Option<&'a str> { self.0.iter().find(|(each, _)| *each == name).map(|(_, text)| *text) }

    fn text(&self, name: &str) -> Message<&'a str> { self.get(name).ok_or_else(|| format!("{name}: is missing")) }

    fn flag(&self, name: &str) -> Message<bool> {
        self.text(name)?.parse().map_err(|_| format!("{name}: must be true or false"))
    }

    fn number(&self, name: &str, most: u64) -> Message<u64> {
        let text = self.text(name)?;
        let number = text.strip_prefix("0x").map_or_else(|| text.parse(), |hex| u64::from_str_radix(hex, 16));
        number.ok().filter(|number| *number <= most).ok_or_else(|| format!("{name}: must be a number up to {most}"))
    }

    fn number_or(&self, name: &str, most: u64, otherwise: u64) -> Message<u64> {
        self.get(name).map_or(Ok(otherwise), |_| self.number(name, most))
    }
}

/// What has not been read yet of a line. As much of JSON is understood as messages have: objects without a list or object
/// inside, but for the list of operations, and strings without escapes, which can be sent back as they are.
struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    fn message(&mut self) -> Message<(Fields<'a>, Vec<Fields<'a>>)> {
        let mut operations = Vec::new();
        let fields = self.items("{", "}", |reader| match reader.name()? {
            "operations" => {
                operations = reader.items("[", "]", Self::operation)?;
                Ok(("operations", ""))
            }
            name => Ok((name, reader.text()?)),
        })?;
        if self.0.trim().is_empty() { Ok((Fields(fields), operations)) } else { Err("no JSON: it goes on behind }".to_string()) }
    }

    fn operation(&mut self) -> Message<Fields<'a>> {
        self.items("{", "}", |reader| Ok((reader.name()?, reader.text()?))).map(Fields)
    }

    fn skip(&mut self, token: &str) -> bool {
        let rest = self.0.trim_start().strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn expect(&mut self, token: &str) -> Message<()> {
        if self.skip(token) { Ok(()) } else { Err(format!("no JSON as in docs/protocol.md: {token} is missing")) }
    }

    fn items<T>(&mut self, open: &str, close: &str, mut item: impl FnMut(&mut Self) -> Message<T>) -> Message<Vec<T>> {
        let mut items = Vec::new();
        self.expect(open)?;
        while !self.skip(close) {
            if !items.is_empty() { self.expect(",")?; }
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn name(&mut self) -> Message<&'a str> {
        let name = self.text()?;
        self.expect(":").map(|()| name)
    }

    /// A string; or a number, true or false, which consist of letters and digits.
    fn text(&mut self) -> Message<&'a str> {
        let (text, rest) = if self.skip("\"") {
            self.0.split_once('"').ok_or("no JSON: a string has no end")?
        } else {
            let word = self.0.trim_start();
            word.split_at(word.find(|c: char| !c.is_ascii_alphanumeric()).filter(|end| *end > 0).ok_or("no JSON: no value")?)
        };
        self.0 = rest;
        if text.contains(|c: char| c == '\\' || c.is_control()) { Err("a string has an escape".to_string()) } else { Ok(text) }
    }
}

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        writeln!(output, "{}", answer(&line?))?;
        output.flush()?; // the next question may wait for this answer
    }
    Ok(())
}
