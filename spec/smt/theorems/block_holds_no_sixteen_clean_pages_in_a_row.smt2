; SPDX-License-Identifier: MIT
; guarantee: G4
; claim: Of any 16 pages in a row of a block, one is dirty.
; expect: unsat
; uses: get
; breakage: get.smt2: "(bvult (bvsub near page) gap)" -> "(bvule (bvsub near page) gap)"
(declare-const s State)
(declare-const start Gfn)
(declare-const limit Gfn)
(declare-const first Gfn)
(declare-const last Gfn)
(declare-const run Gfn)
;?vacuity (assert (= s (large-vm (store (store no-page #x0000000000000001 true) #x0000000000000011 true))))
;?breakage (assert (= s (large-vm (store (store no-page #x0000000000000001 true) #x0000000000000012 true))))
;?vacuity (assert (= s (large-vm (store (store no-page #x0000000000000001 true) #x0000000000000011 true))))
;?breakage (assert (= start #x0000000000000001))
;? (assert (= limit #x0000000000000014))
(assert (block s start limit first last))
(assert (bvule first run))
(assert (bvule (bvadd run #x000000000000000f) last))
(assert (bvule run (bvadd run #x000000000000000f)))
; refute
(assert (not (select (dirty s) run)))
(assert (forall ((page Gfn)) (=> (between page run (bvadd run #x000000000000000f)) (not (select (dirty s) page)))))
(check-sat)
