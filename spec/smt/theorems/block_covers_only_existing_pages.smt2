; SPDX-License-Identifier: MIT
; guarantee: G4
; claim: Every page of a block exists.
; expect: unsat
; uses: get
; breakage: get.smt2: "(forall ((page Gfn)) (=> (between page first last) (select (exist s) page)))" -> "true"
(declare-const s State)
(declare-const start Gfn)
(declare-const limit Gfn)
(declare-const first Gfn)
(declare-const last Gfn)
(declare-const page Gfn)
;?vacuity (assert (= s (large-vm (store page-0 #x0000000000000003 true))))
;?breakage (assert (= s (let ((vm (large-vm (store page-0 #x0000000000000003 true))))
;?breakage   (state true 1 true true true (slots vm) (store (exist vm) #x0000000000000003 false) all-stable all-resident (dirty vm)))))
;? (assert (= limit #x0000000000000009))
(assert (block s start limit first last))
(assert (between page first last))
; refute
(assert (not (select (exist s) page)))
(check-sat)
