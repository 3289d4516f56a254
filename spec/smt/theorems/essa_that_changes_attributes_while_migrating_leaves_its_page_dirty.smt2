; SPDX-License-Identifier: MIT
; guarantee: G8
; claim: An ESSA that changes attributes while the VM is migrating leaves its page dirty; and it changes no other page.
; expect: unsat
; uses: essa
; breakage: essa.smt2: "(and (migrating before) (not (= orc #x00000000)))" -> "(and (migrating before) (not (= orc #x00000005)))"
(declare-const before State)
(declare-const after State)
(declare-const arguments essa-arguments)
(declare-const outcome Outcome)
(declare-const result essa-result)
(declare-const page Gfn)
;? (assert (= before (state true 1 true true true (store ((as const (Array SlotId Slot)) no-slot) #x00000000 (slot #x0000000000000000 #x0000000000000001 true))
;?   page-0 (store all-stable #x0000000000000000 #x01) all-resident no-page)))
(assert (migrating before))
(assert (essa before arguments after outcome result))
(assert (not (= (select (attributes after) page) (select (attributes before) page))))
; refute
(assert (not (and (= page (essa-gfn arguments)) (select (dirty after) page))))
(check-sat)
