; SPDX-License-Identifier: MIT
; guarantee: G2
; claim: In a VM that any operations led to, every dirty page exists and lies in a slot; and if a page is dirty, Migrating and Enabled are on.
; expect: unsat
; uses: invariants
; breakage: invariants.smt2: "(=> (select (dirty s) page) (select (exist s) page))" -> "true"
; breakage: invariants.smt2: "(and (migrating s) (enabled s))" -> "(migrating s)"
; A new VM has every invariant, and each operation keeps each of them: that is the matrix.
(declare-const s State)
(declare-const page Gfn)
;?vacuity (assert (= s (small-vm 1 true true true page-0)))
;?breakage (assert (or (= s (small-vm 1 false false true page-0))
;?breakage               (= s (small-vm 1 true true true (store no-page #x0000000000000002 true)))))
(assert (invariant s))
(assert (select (dirty s) page))
; refute
(assert (not (and (select (exist s) page) (migrating s) (enabled s) (exists ((id SlotId)) (holds (select (slots s) id) page)))))
(check-sat)
