; SPDX-License-Identifier: MIT
; guarantee: H2
; claim: CLEAR CMMA while migrating changes the attributes of a page that was sent, and nothing sends it again.
; expect: sat
; uses: create-slot enable-cmma set start-migration get peek clear-cmma examples
; cvc5: unknown
; trace: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x2","dirty_log":true,"expect":{"result":"ok"}}
; trace: {"op":"enable_cmma","expect":{"result":"ok"}}
; trace: {"op":"set","start_gfn":"<hex page>","count":1,"mask":"0xffffffffffffffff","values":"<byte value>","expect":{"result":"ok"}}
; trace: {"op":"start_migration","expect":{"result":"ok"}}
; trace: {"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x0","count":2,"remaining":"0x0","values":"<byte sent-0> <byte sent-1>"}}
; trace: {"op":"clear_cmma","expect":{"result":"ok"}}
; trace: {"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","zeroed":true}}
; trace: {"op":"get","start_gfn":"<hex page>","count":1,"flags":"0x1","expect":{"result":"ok","start_gfn":"<hex page>","count":1,"remaining":"0x0","values":"<byte value-now>"}}
; A VM with one slot of two pages. SET gives a page a value, which also sets Used.
(declare-const page Gfn)
(declare-const value Byte)
(assert (bvule page #x0000000000000001))
(assert (and (not (= value #x00)) (= (bvand value (bvnot attribute-bits)) #x00)))
(define-fun all-values () (Array Gfn Byte) (store all-stable page value))
(define-fun both () Pages (two-pages no-page #x0000000000000000))
(define-fun set-one ((new Byte)) set-arguments
  (set-of (log page #x00000001 no-flag #xffffffffffffffff #x0000000000000000) true true #x0000000000000001
    (store blank-buffer #x0000000000000000 new)))
(define-fun set-answer ((new Byte)) set-result (set-returns (set-log (set-one new)) #x0000000000000001))
(define-fun get-two ((buffer-bytes (_ BitVec 64))) get-arguments
  (get-of (log #x0000000000000000 #x00000002 no-flag #x0000000000000000 #x0000000000000000) true true true buffer-bytes blank-buffer))

(define-fun new () State
  (state true 0 false false false ((as const (Array SlotId Slot)) no-slot) no-page all-stable all-resident no-page))
(assert (new-vm new))
(assert (create-slot new (create-slot-of #x00000000 #x0000000000000000 #x0000000000000002 true true)
  (small-vm 0 false false false no-page) success nothing))
(assert (enable-cmma (small-vm 0 false false false no-page) nothing (small-vm 0 true false false no-page) success nothing))
(assert (set (small-vm 0 true false false no-page) (set-one value) (two-page-vm 0 true true false all-values no-page) success
  (set-answer value)))
(assert (start-migration (two-page-vm 0 true true false all-values no-page) nothing
  (two-page-vm 0 true true true all-values both) success nothing))

; GET sends both pages, the target has their values, and nothing is dirty.
(define-fun drained () State (two-page-vm 0 true true true all-values no-page))
(define-fun sent () Bytes (store blank-buffer page value))
(define-fun sent-0 () Byte (select sent #x0000000000000000))
(define-fun sent-1 () Byte (select sent #x0000000000000001))
(declare-const answer get-result)
(assert (= (get-buffer-after answer) sent))
(assert (= (card no-page) #x0000000000000000))
(assert (get (two-page-vm 0 true true true all-values both) (get-two #x0000000000000002) drained success answer))

(define-fun changed () State (two-page-vm 0 true true true all-stable no-page))
(assert (clear-cmma drained nothing changed success nothing))
; The page has another value now than the target, and there is nothing to send.
(assert (get changed (get-two #x0000000000000002) changed success (get-returns zeros blank-buffer #x0000000000000000 #x0000000000000000)))
(define-fun value-now () Byte (select (attributes changed) page))
(assert (not (= value-now (select sent page))))
(check-sat)
(get-value (page value sent-0 sent-1 value-now))
