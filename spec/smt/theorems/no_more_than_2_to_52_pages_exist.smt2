; SPDX-License-Identifier: MIT
; guarantee: G13
; claim: A set of pages that exist, such as the dirty ones, counts 2^52 at most: so its count never carries.
; expect: unsat
; uses: card invariants
; assumes: the_laws_of_counting_hold
; breakage: invariants.smt2: "(bvult page end-of-memory)" -> "true"
(declare-const s State)
(declare-const set Pages)
(declare-const memory Pages)
;?vacuity (assert (= s (small-vm 1 true true true page-0)))
;?vacuity (assert (= set page-0))
;? (assert (= memory (lambda ((page Gfn)) (bvult page end-of-memory))))
;? (assert (= (card memory) end-of-memory))
;?vacuity (assert (= (card set) #x0000000000000001))
;?breakage (assert (= s endless-vm))
;?breakage (assert (= set (store no-page #xfffffffffffffffe true)))
;?breakage (assert (= (card set) #xffffffffffffffff))
(assert (pages-lie-below-the-end-of-memory s))
(assert (forall ((page Gfn)) (=> (select set page) (select (exist s) page))))
; The set is a part of all the pages that memory can have, and so many are in a row.
(assert (forall ((page Gfn)) (= (select memory page) (in-range page #x0000000000000000 end-of-memory))))
(assert (law-of-a-part memory set)) ; as the_laws_of_counting_hold proves
(assert (law-of-a-range memory #x0000000000000000 end-of-memory))
; refute
(assert (not (bvule (card set) end-of-memory)))
(check-sat)
