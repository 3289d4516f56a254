; SPDX-License-Identifier: MIT
; guarantee: G4, G12
; claim: Two blocks of one state, start and limit are the same block.
; expect: unsat
; uses: get
; breakage: get.smt2: "(and (bvule start page) (bvult page first))" -> "(and (bvult start page) (bvult page first))"
; breakage: get.smt2: "(bvule (bvsub next last) gap)" -> "(bvult (bvsub next last) gap)"
(declare-const s State)
(declare-const start Gfn)
(declare-const first Gfn)
(declare-const other-first Gfn)
(declare-const end Gfn)
(declare-const last Gfn)
(declare-const other-last Gfn)
;? (assert (= s (large-vm (store (two-pages no-page #x0000000000000001) #x0000000000000012 true))))

; They begin with the same page.
(push 1)
(assert (first-of-block s start first))
(assert (first-of-block s start other-first))
; refute
(assert (not (= first other-first)))
(check-sat)
(pop 1)

; If one ends before the other, a dirty page of the longer one follows its last page within the gap.
(push 1)
(declare-const after-last Gfn)
(assert (bvule first last))
(assert (bvult last other-last))
(assert (part-of-block s first end other-last))
(assert (= after-last (bvadd last #x0000000000000001)))
(declare-fun is-looked-at (Bool) Bool)
(assert (is-looked-at (select (dirty s) after-last)))
; refute
(assert (not (exists ((next Gfn))
  (and (select (dirty s) next) (bvult last next) (bvule next other-last) (bvule (bvsub next last) gap)))))
(check-sat)
(pop 1)

; That page joins the shorter one, which therefore is no block: it could be longer.
(push 1)
(declare-const next Gfn)
(assert (bvule first last))
(assert (bvult last other-last))
(assert (part-of-block s first end other-last))
(assert (and (select (dirty s) next) (bvult last next) (bvule next other-last) (bvule (bvsub next last) gap)))
; refute
(assert (forall ((page Gfn)) (not (joins-the-block s end last page))))
(check-sat)
(pop 1)
