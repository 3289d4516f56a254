; SPDX-License-Identifier: MIT
; guarantee: G5, G10
; claim: The pages from the first to the last that were walked are so many pages in a row as were walked.
; expect: unsat
; uses: get
; breakage: get.smt2: "(bvadd (bvsub (get-last result) (get-first result)) #x0000000000000001)" -> "(bvsub (get-last result) (get-first result))"
(declare-const result get-result)
(declare-const page Gfn)
(declare-const from-first Gfn)
(declare-const all Gfn)
(assert (bvule (get-first result) (get-last result)))
(assert (bvult (get-last result) end-of-memory))

; The page lies at or before the last one, if it is no further from the first.
(push 1)
(assert (bvule (get-first result) page))
(assert (= from-first (bvsub page (get-first result))))
(assert (= all (bvsub (get-last result) (get-first result))))
; refute
(assert (not (= (bvule page (get-last result)) (bvule from-first all))))
(check-sat)
(pop 1)

; So it is one of so many pages.
(push 1)
(declare-const inside Bool)
(assert (= from-first (bvsub page (get-first result))))
(assert (= all (bvsub (get-last result) (get-first result))))
(assert (bvult all end-of-memory))
(assert (=> (bvule (get-first result) page) (= (bvule page (get-last result)) (bvule from-first all))))
(assert (= inside (bvult from-first (bvadd all #x0000000000000001))))
; refute
(assert (not (= (between page (get-first result) (get-last result)) (in-range page (get-first result) (walked result)))))
(check-sat)
(pop 1)
