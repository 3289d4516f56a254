; SPDX-License-Identifier: MIT
; guarantee: G4
; claim: No dirty page after a block could have joined it: it is too far off, or behind a page that does not exist, or past the buffer.
; expect: unsat
; uses: get
; breakage: get.smt2: "(bvule (bvsub next last) gap)" -> "(bvult (bvsub next last) gap)"
; breakage: get.smt2: "(bvult next end)" -> "false"
(declare-const s State)
(declare-const start Gfn)
(declare-const limit Gfn)
(declare-const first Gfn)
(declare-const last Gfn)
(declare-const next Gfn)
;?vacuity (assert (= s (large-vm (store page-0 #x0000000000000015 true))))
;?breakage (assert (or (= s (large-vm (store page-0 #x0000000000000010 true)))
;?breakage   (= s (with-a-hole (large-vm (store (store no-page #x0000000000000001 true) #x0000000000000011 true)) #x0000000000000000))
;?breakage   (= s (with-a-hole (large-vm (store page-0 #x0000000000000010 true)) #x0000000000000010))))
;? (assert (= start #x0000000000000000))
;?breakage (assert (= first last))
;?breakage (assert (or (= next #x0000000000000010) (= next #x0000000000000011)))
;? (assert (= limit #x0000000000000014))
(assert (block s start limit first last))
(assert (bvult last next))
(assert (select (dirty s) next))
; refute
(assert (not (or (bvugt (bvsub next last) #x0000000000000010)
                 (exists ((page Gfn)) (and (bvult last page) (bvult page next) (not (select (exist s) page))))
                 (bvuge next (bvadd first limit)))))
(check-sat)
