; SPDX-License-Identifier: MIT
; guarantee: G4, G12
; claim: The search page by page from start_gfn to the end of memory, and then from page 0, finds the first page of the block, if any page is dirty.
; expect: unsat
; uses: walk
; breakage: get.smt2: "(or (bvule start page) (bvult page first))" -> "(or (bvult page start) (bvult page first))"
(declare-const s State)
(declare-const start Gfn)
(declare-const page Gfn)

; A search begins with its invariant.
(push 1)
; refute
(assert (not (search-invariant s start start)))
(check-sat)
(pop 1)

; A step over a clean page keeps it, and comes nearer to the end of memory.
(push 1)
(declare-const any Gfn)
(declare-const this Bool)
(assert (between any start page))
(assert (= this (= any page)))
(assert (search-invariant s start page))
(assert (not (select (dirty s) page)))
(assert (bvult page end-of-memory))
; refute
(assert (not (and (not (select (dirty s) any)) (bvule start (page-after page))
                  (=> (bvult any (page-after page)) (or (bvult any page) (= any page)))
                  (bvult (bvsub end-of-memory (page-after page)) (bvsub end-of-memory page)))))
(check-sat)
(pop 1)

; A dirty page that the search from the start comes to is the first of the block.
(push 1)
(assert (search-invariant s start page))
(assert (select (dirty s) page))
; refute
(assert (not (first-of-block s start page)))
(check-sat)
(pop 1)

; If it comes to none, the one that the search from page 0 comes to is the first of the block.
(push 1)
;? (assert (= s (large-vm (store page-0 #x0000000000000003 true))))
(declare-const end Gfn)
;? (assert (= start #x0000000000000005))
(assert (bvule end-of-memory end))
(assert (forall ((page Gfn)) (=> (select (dirty s) page) (bvult page end-of-memory)))) ; by the invariants
(assert (search-invariant s start end))
(assert (search-invariant s #x0000000000000000 page))
(assert (select (dirty s) page))
; refute
(assert (not (first-of-block s start page)))
(check-sat)
(pop 1)

; If that comes to none either, no page is dirty.
(push 1)
(declare-const end Gfn)
(assert (bvule end-of-memory end))
(assert (forall ((page Gfn)) (=> (select (dirty s) page) (bvult page end-of-memory)))) ; by the invariants
(assert (search-invariant s #x0000000000000000 end))
; refute
(assert (select (dirty s) page))
(check-sat)
(pop 1)
