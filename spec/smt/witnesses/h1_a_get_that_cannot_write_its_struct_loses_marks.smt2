; SPDX-License-Identifier: MIT
; guarantee: H1, G7
; claim: A GET that cannot write its struct ends with EFAULT; the marks are gone all the same, and the next GET has nothing to say.
; expect: sat
; uses: create-slot enable-cmma set start-migration get peek examples
; cvc5: unknown
; trace: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x2","dirty_log":true,"expect":{"result":"ok"}}
; trace: {"op":"enable_cmma","expect":{"result":"ok"}}
; trace: {"op":"set","start_gfn":"<hex page>","count":1,"mask":"0xffffffffffffffff","values":"<byte value>","expect":{"result":"ok"}}
; trace: {"op":"start_migration","expect":{"result":"ok"}}
; trace: {"op":"get","start_gfn":"<hex start>","count":2,"argument":"read_only","expect":{"result":"EFAULT"}}
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
(assert (enable-cmma (small-vm 0 false false false no-page) nothing (small-vm 0 true false false no-page) success nothing))
(assert (set (small-vm 0 true false false no-page) (set-one value) (two-page-vm 0 true true false all-values no-page) success
  (set-answer value)))
(assert (start-migration (two-page-vm 0 true true false all-values no-page) nothing
  (two-page-vm 0 true true true all-values both) success nothing))

; GET from any start, with a struct that can be read and not written.
(declare-const start Gfn)
(declare-const faulted get-result)
(define-fun get-into-read-only () get-arguments
  (get-of (log start #x00000002 no-flag #x0000000000000000 #x0000000000000000) true false true #x0000000000000002 blank-buffer))
(define-fun clean () State (two-page-vm 0 true true true all-values no-page))
(assert (= (get-buffer-after faulted) (store blank-buffer page value)))
(assert (get (two-page-vm 0 true true true all-values both) get-into-read-only clean EFAULT faulted))
(assert (get clean (get-two #x0000000000000002) clean success (get-returns zeros blank-buffer #x0000000000000000 #x0000000000000000)))
(check-sat)
(get-value (page value start))
