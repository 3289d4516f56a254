; SPDX-License-Identifier: MIT
; guarantee: G4
; claim: The first and the last page of a block are dirty.
; expect: unsat
; uses: get
; breakage: get.smt2: "(and (select (dirty s) first)" -> "(and true"
; breakage: get.smt2: "(select (dirty s) last)" -> "true"
(declare-const s State)
(declare-const start Gfn)
(declare-const limit Gfn)
(declare-const first Gfn)
(declare-const last Gfn)
;? (assert (= s (large-vm (store (store no-page #x0000000000000001 true) #x0000000000000004 true))))
;? (assert (= limit #x0000000000000003))
(assert (block s start limit first last))
; refute
(assert (not (and (select (dirty s) first) (select (dirty s) last))))
(check-sat)
