; SPDX-License-Identifier: MIT
; guarantee: G4
; claim: The last byte of an answer of GET is that of a page that was dirty.
; expect: unsat
; uses: get
; breakage: get.smt2: "(select (dirty s) last)" -> "true"
(declare-const s State)
(declare-const start Gfn)
(declare-const limit Gfn)
(declare-const first Gfn)
(declare-const last Gfn)
;? (assert (= s (large-vm (store (store no-page #x0000000000000001 true) #x0000000000000004 true))))
;? (assert (= start #x0000000000000001))
;? (assert (= limit #x0000000000000003))
(assert (block s start limit first last))
(declare-const index (_ BitVec 64))
; The byte is the last one.
(assert (= (bvadd index #x0000000000000001) (bvadd (bvsub last first) #x0000000000000001)))
; refute
(assert (not (select (dirty s) (bvadd first index))))
(check-sat)
