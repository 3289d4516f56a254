; SPDX-License-Identifier: MIT
; guarantee: H4
; claim: Where migration mode starts before CMMA is enabled, it is on, nothing is marked, and nothing is sent of attributes that no target has.
; expect: sat
; uses: create-slot enable-cmma set start-migration get peek examples
; cvc5: unknown
; trace: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x2","dirty_log":true,"expect":{"result":"ok"}}
; trace: {"op":"start_migration","expect":{"result":"ok"}}
; trace: {"op":"enable_cmma","expect":{"result":"ok"}}
; trace: {"op":"set","start_gfn":"<hex page>","count":1,"mask":"0xffffffffffffffff","values":"<byte value>","expect":{"result":"ok"}}
; trace: {"op":"migration_status","expect":{"result":"ok","migrating":true}}
; trace: {"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","zeroed":true}}
; trace: {"op":"get","start_gfn":"<hex page>","count":1,"flags":"0x1","expect":{"result":"ok","start_gfn":"<hex page>","count":1,"remaining":"0x0","values":"<byte value>"}}
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
(assert (start-migration (small-vm 0 false false false no-page) nothing (small-vm 0 false false true no-page) success nothing))
(assert (enable-cmma (small-vm 0 false false true no-page) nothing (small-vm 0 true false true no-page) success nothing))
(define-fun changed () State (two-page-vm 0 true true true all-values no-page))
(assert (set (small-vm 0 true false true no-page) (set-one value) changed success (set-answer value)))
; Nothing was ever sent, and there is nothing to send.
(assert (migrating changed))
(assert (get changed (get-two #x0000000000000002) changed success (get-returns zeros blank-buffer #x0000000000000000 #x0000000000000000)))
(check-sat)
(get-value (page value))
