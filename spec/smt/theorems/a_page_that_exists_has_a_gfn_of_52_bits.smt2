; SPDX-License-Identifier: MIT
; guarantee: G13
; claim: In a VM that any operations led to, the gfn of a page that exists has no bit set from bit 52 on: so 2^52 is the lowest gfn that no page can have.
; expect: unsat
; uses: invariants
; breakage: invariants.smt2: "(bvult page end-of-memory)" -> "(bvule page end-of-memory)"
(declare-const s State)
(declare-const page Gfn)
;?vacuity (assert (= s (small-vm 1 true true true page-0)))
;?breakage (assert (= (exist s) (store no-page #x0010000000000000 true)))
(assert (pages-lie-below-the-end-of-memory s))
(assert (select (exist s) page))
; refute
(assert (not (= ((_ extract 63 52) page) #x000)))
(check-sat)
