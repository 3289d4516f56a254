# SPDX-License-Identifier: MIT
"""Implementations that misbehave: hostile.py HARNESS MODE [MARK]. The misbehaviour comes where a run touches page 0x33."""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from cmma_impl import answer  # noqa: E402

mode = sys.argv[2]


def send(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if mode == "banner":
    send("Welcome to my machine")
if mode == "background":
    subprocess.Popen(["sh", "-c", "sleep 3600; true", *sys.argv[3:4]])
if mode == "dumb":
    time.sleep(3600)
if mode == "deaf":  # with a child that a shell keeps alive
    subprocess.Popen(["sh", "-c", "sleep 3600; true", *sys.argv[3:4]])
    send(json.dumps(answer({"hello": 1})))
    time.sleep(3600)

unflushed = open(1, "w", buffering=1 << 20, closefd=False)  # whatever the environment says of stdout
if mode == "slow":
    time.sleep(0.6)  # longer than the hasty limit


def has_more():  # of what is asked; it must not lie in a buffer of this program
    return bool(select.select([0], [], [], 0)[0])


def starts():  # of processes with this mark
    path = os.path.join(tempfile.gettempdir(), "hostile-" + sys.argv[3])
    with open(path, "a+") as file:
        file.write("x")
        return file.tell()


if mode == "wanders":
    place = 7 + 2 * starts()  # the run that it ends in, which is another one each time
first = mode == "errs" and starts() == 1  # of its processes
count = runs = messages = victims = 0
for line in open(0, "rb", buffering=0, closefd=False) if mode == "swaps" else sys.stdin:
    question = json.loads(line)
    messages += 1
    if mode == "eighth" and messages == 8:
        sys.exit(1)
    victim = any(each.get("gfn") == "0x33" for each in question.get("operations", []))
    victims += victim
    if mode == "second" and victims == 2:
        sys.exit(8)
    if mode == "buffered":  # answers are lost when it ends
        sys.stdout.write(json.dumps(answer(question)) + "\n") if not victim else os.kill(os.getpid(), signal.SIGSEGV)
        if count == 0 or count >= 3:
            sys.stdout.flush()
        count += 1
        continue
    if "hello" not in question:
        if mode == "broken":
            sys.exit("ImportError: no such module")
        if mode == "never":
            continue
        runs += 1
        if mode == "third" and runs % 3 == 0:
            time.sleep(3600)
        if mode == "seldom" and runs % 52 == 0:
            time.sleep(3600)
        if mode == "three" and runs > 3:
            sys.exit(7)
        if mode == "wanders" and runs == place:
            sys.exit(6)
        if mode == "drags" and len(question["operations"]) == 1:
            time.sleep(1)
        if mode == "dies":
            sys.exit(5)
    if "spoilt" in globals() and "hello" not in question:
        sys.exit(4)
    if victim:
        if mode == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if mode in ("hang", "slow", "drags"):
            time.sleep(3600)
        if mode == "exit":
            sys.exit(0)
        if mode == "code":
            sys.exit(255)
        if mode == "outlived":  # by a child, which keeps its output open
            subprocess.Popen(["sh", "-c", "sleep 3600; true", *sys.argv[3:4]])
            sys.exit(7)
        if mode == "shell":
            sys.stderr.write("it is the end\nKilled\n")
            sys.stderr.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        if mode == "fail":
            sys.exit("something is wrong here")
        if mode == "stack":  # as runtimes write it that name where, and themselves, behind what
            sys.exit("TypeError: no such page\n    at the ESSA\n\nMachine v1.2")
        if mode == "tcl":  # without a word that names an error, and with one in the trace
            sys.exit('can\'t read "page": no such variable\n    while executing\n"fail $page"\n    (file "machine.tcl" line 7)')
        if mode == "lua":
            sys.exit("no failure yet\nlua: machine.lua:7: attempt to index a nil value\nstack traceback:\n" + "\tmachine.lua:7: in local 'essa'\n" * 30 + "\t[C]: in ?")
        if mode == "go":  # which names the error first, and then each of its threads
            sys.exit("a warning of before\nfatal error: concurrent map writes\n\n" + "goroutine 7 [running]:\nmain.run(...)\n\t/machine.go:7\ncreated by main.run, an error\n" * 30)
        if mode == "node":
            sys.exit("/machine.js:7\nthrow 'no such page';\n^\nno such page\n(Use `node --trace-uncaught ...` to show where the exception was thrown)\n\nNode.js v20.20.2")
        if mode == "racket":
            sys.exit("car: contract violation\n  expected: pair?\n  context...:\n   body of machine.rkt")
        if mode == "silent":
            continue
        if mode == "garbage":
            sys.stdout.buffer.write(b"\x00\xff{garbage\n")
            sys.stdout.flush()
            continue
        if mode == "huge":
            sys.stdout.write("x" * 100_000_000)
            send("")
            continue
        if mode == "deep":
            send("[" * 1_000_000)
            continue
    operations = [each["op"] for each in question.get("operations", [])]
    if mode == "ends-in-evict" and "evict" in operations:
        sys.exit(9)
    answered = answer(question)
    if mode == "unflushed":
        unflushed.write(json.dumps(answered) + "\n")
        if count == 0:
            unflushed.flush()
        count += 1
        continue
    if mode == "shouts":
        answered = json.loads(json.dumps(answered).replace('"0x', '"0X'))
    if mode == "numbers":
        for each in answered.get("results", []):
            each.update({name: int(each[name], 16) for name in ("r1", "start_gfn") if name in each})
    if mode in ("half", "forgetful"):
        for each in answered.get("results", []):
            for name in ("buffer_address", "argument", "buffer")[:1 if mode == "half" else 3]:
                each.pop(name, None)
    if mode == "sparse":
        for each in answered.get("results", []):
            each.pop("remaining", None)
    if mode in ("empty", "scant"):
        for each in answered.get("results", []):
            each.update({"values": "" if mode == "empty" else each["values"].rpartition(" ")[0]} if each.get("values") else {})
    if mode == "praises":
        for each in answered.get("results", []):
            each["result"] = each["result"].replace("ok", "success")
    if mode == "skips":
        answered.update({"results": answered["results"][1:]} if len(answered.get("results", [])) > 1 else {})
    if mode == "zeroes":
        for each in answered.get("results", []):
            each.update({"start_gfn": "0x0", "count": 0, "remaining": "0x0"} if "zeroed" in each else {})
    if mode == "keeps" and "hello" not in question:
        kept = globals().setdefault("kept_id", answered["id"])
        answered["id"] = kept
    if mode == "surplus":
        for asked, each in zip(operations, answered.get("results", [])):
            each.update({"r1": "0x0"} if asked == "create_vcpu" else {})
    if mode == "short":
        for each in answered.get("results", []):
            each.update({"buffer": each["buffer"].replace("a5*64", "a5*63")} if "buffer" in each else {})
    if mode == "shifts" and "hello" in question and count > 0:
        answered["capabilities"] = answered["capabilities"][1:]
    if mode == "confuses" and "hello" in question and count > 0:
        answered = {"id": "0", "results": []}
    if mode == "inspects" and "hello" in question:
        send("{:hello=>1, :capabilities=>[]}")
        continue
    if mode == "spread" and "hello" in question:
        send(json.dumps(answered, indent=1))
        continue
    if mode == "open" and "hello" in question:
        sys.stdout.write(json.dumps(answered))
        sys.stdout.flush()
        continue
    if mode == "binary" and "hello" not in question:
        sys.stdout.buffer.write(json.dumps(answered).replace('"ok"', '"ok!"').encode().replace(b"!", b"\xff") + b"\n")
        sys.stdout.flush()
        continue
    if mode == "surrogate" and "hello" not in question:
        send(json.dumps(answered).replace('"ok"', '"ok\\ud800"'))
        continue
    if mode == "content" and "hello" not in question:
        answered["error"] = "none"
    if mode in ("nan", "nulls") and "hello" not in question:
        for each in answered["results"]:
            each.update({"r1": None} if mode == "nulls" else {"count": float("nan")} if "count" in each else {})
    if mode == "mark" and "hello" in question:
        sys.stdout.buffer.write(b"\xef\xbb\xbf")
    if mode == "null" and "hello" not in question:
        answered["error"] = None
    if mode == "swaps" and runs == 3 and has_more():
        held = answered
        continue
    if mode == "turned" and "hello" in question:
        answered["byte_order"] = "big" if answered["byte_order"] == "little" else "little"
    if mode == "unended" and "hello" not in question:
        sys.stdout.write(json.dumps(answered))
        sys.stdout.flush()
        continue
    if mode == "hello" and "hello" in question and count > 0:
        sys.exit("KeyError: 'operations'")
    if mode == "forgets" and "hello" not in question:
        answered["id"] = "0"
    if mode == "chats" and "hello" not in question:
        send("now I do " + question["id"])
    if mode == "lies" and victim:  # and ends in an operation behind that
        if "get" in operations:
            sys.exit(3)
        answered["results"][3:4] = [{"result": "EBUSY"}] * len(answered["results"][3:4])
    if mode == "warns" and "hello" not in question:  # as PHP does
        send("")
        send("Warning: Undefined array key \"flags\" in machine.php on line 12")
    if mode == "moody" and "hello" not in question or mode == "errs" and first and runs == 4:
        answered["mood"] = "good"
    if victim:
        if mode == "id":
            answered["id"] = "somebody-else"
        if mode == "field":
            answered["mood"] = "good"
        if mode == "few":
            answered["results"].pop()
        if mode == "many":
            answered["results"].append({"result": "ok"})
        if mode == "breach":
            answered["results"][-1]["breach"] = "the struct was written back"
        if mode == "ill":
            answered["error"] = "still ill"
        if mode == "bare":
            answered.update({"results": [], "error": "no more of this"})
        if mode == "error":
            answered["results"] = answered["results"][:2]
            answered["error"] = "no more of this"
    send(json.dumps(answered)[: -3 if mode == "crops" and "hello" not in question else None])
    if victim and mode == "twice" or mode == "stutters" and runs == 3 or mode == "repeats" and runs == 9 or mode == "doubles" and "hello" not in question:
        send(json.dumps(answered))
    if mode == "swaps" and "held" in globals():
        send(json.dumps(globals().pop("held")))
    if victim and mode == "cut":
        sys.stdout.write('{"id":"')
        sys.stdout.flush()
        sys.exit(0)
    if mode == "early" and "hello" in question and count == 0:
        send(json.dumps({"id": "0123456789abcdef", "results": []}))
    if mode == "one" and "hello" not in question:
        sys.exit(0)
    if mode == "leaves" and victim or mode == "counts" and runs == 9:
        sys.exit(3)
    if mode == "stumbles" and (victim or runs == 1 and any(each.get("gfn") == "0x1" for each in question.get("operations", [])) and starts() == 1):
        sys.exit(3)
    if mode == "rejects" and victim:
        sys.exit("it rejects")
    if mode == "greets" and "hello" in question and count > 0:
        sys.exit(0)
    if mode == "spoils" and victim:
        spoilt = True
    count += 1
