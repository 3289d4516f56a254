; SPDX-License-Identifier: MIT
; guarantee: G4
; claim: A block that takes in one dirty page after another, as GET-BLOCK-4 says it, is the block: it is part of a block all along, and the whole where no page joins.
; expect: unsat
; uses: get
; breakage: get.smt2: "(bvule (bvsub next last) gap)" -> "(bvule (bvsub next last) (bvadd gap #x0000000000000001))"
(declare-const s State)
(declare-const first Gfn)
(declare-const end Gfn)
(declare-const last Gfn)
(declare-const next Gfn)
;?vacuity (assert (= s (large-vm (store page-0 #x0000000000000010 true))))
;?breakage (assert (= s (large-vm (store page-0 #x0000000000000011 true))))
;? (assert (= first #x0000000000000000))
;? (assert (bvult end #x0000000000000040))

; The first page alone is part of a block.
(push 1)
(assert (select (dirty s) first))
(assert (select (exist s) first))
(assert (bvult first end))
; refute
(assert (not (part-of-block s first end first)))
(check-sat)
(pop 1)

; With the next page that joins it is still part of a block.
(push 1)
(assert (part-of-block s first end last))
(assert (joins-the-block s end last next))
(assert (select (exist s) next)) ; by dirty-pages-exist
(declare-const any Gfn)
(declare-const before-next Bool)
(assert (between any first next))
(assert (= before-next (between any first last)))
; refute
(assert (not (and (bvule first next) (bvult next end) (select (exist s) any) (dirty-or-near s any))))
(check-sat)
(pop 1)
