; SPDX-License-Identifier: MIT
; guarantee: H3
; claim: A guest whose first ESSA comes while the VM is migrating leaves Used off: GET answers with 32 zero bytes, though pages are dirty and one has new attributes.
; expect: sat
; uses: create-slot enable-cmma create-vcpu essa start-migration get examples
; cvc5: unknown
; trace: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x2","dirty_log":true,"expect":{"result":"ok"}}
; trace: {"op":"enable_cmma","expect":{"result":"ok"}}
; trace: {"op":"create_vcpu","expect":{"result":"ok"}}
; trace: {"op":"start_migration","expect":{"result":"ok"}}
; trace: {"op":"essa","gfn":"<hex page>","orc":<number code>,"expect":{"result":"ok","r1":"<hex r1>"}}
; trace: {"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","zeroed":true}}
; trace: {"op":"migration_status","expect":{"result":"ok","migrating":true}}
; A VM with one slot of two pages, both dirty from the start of migration on.
(declare-const page Gfn)
(declare-const code (_ BitVec 32))
(declare-const value Byte)
(define-fun both () Pages (two-pages no-page #x0000000000000000))
(define-fun get-two () get-arguments
  (get-of (log #x0000000000000000 #x00000002 no-flag #x0000000000000000 #x0000000000000000) true true true #x0000000000000002 blank-buffer))

(define-fun new () State
  (state true 0 false false false ((as const (Array SlotId Slot)) no-slot) no-page all-stable all-resident no-page))
(assert (new-vm new))
(assert (create-slot new (create-slot-of #x00000000 #x0000000000000000 #x0000000000000002 true true)
  (small-vm 0 false false false no-page) success nothing))
(assert (enable-cmma (small-vm 0 false false false no-page) nothing (small-vm 0 true false false no-page) success nothing))
(assert (create-vcpu (small-vm 0 true false false no-page) nothing (small-vm 1 true false false no-page) success nothing))
(assert (start-migration (small-vm 1 true false false no-page) nothing (small-vm 1 true false true both) success nothing))

; The guest's first ESSA gives a page other attributes.
(define-fun changed () State (two-page-vm 1 true false true (store all-stable page value) both))
(declare-const r1 Byte)
(assert (bvule page #x0000000000000001))
(assert (not (= value #x00)))
(assert (essa (small-vm 1 true false true both) (essa-of page code) changed success (essa-returns r1)))
; Dirty it is, but not sent.
(assert (get changed get-two changed success (get-returns zeros blank-buffer #x0000000000000000 #x0000000000000000)))
(assert (select (dirty changed) page))
(check-sat)
(get-value (page code r1))
