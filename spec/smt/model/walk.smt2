; SPDX-License-Identifier: MIT
; uses: get
; The search for a block, page by page: what a plain loop does, for a machine or a check that has to compute a block. That these loops
; find the block of get.smt2 is a theorem for each (theorems/walking_..., theorems/searching_...).

; The walk from the first page of a block: it looks at one page after another, and knows the last dirty page so far.
(define-fun walk-goes-on ((s State) (end Gfn) (last Gfn) (page Gfn)) Bool
  (and (bvult page end)                                               ; GET-BLOCK-6
       (bvule (bvsub page last) gap)                                  ; GET-BLOCK-4 difference: PAGE-FROM-LAST
       (select (exist s) page)))                                      ; GET-BLOCK-5
(define-fun last-after ((s State) (last Gfn) (page Gfn)) Gfn (ite (select (dirty s) page) page last))
(define-fun page-after ((page Gfn)) Gfn (bvadd page #x0000000000000001)) ; sum: PAGE-AFTER

; What is true of the walk before each page.
(define-fun walk-invariant ((s State) (first Gfn) (end Gfn) (last Gfn) (page Gfn)) Bool
  (and (part-of-block s first end last)
       (bvult last page)
       (forall ((clean Gfn))
         (=> (and (bvult last clean) (bvult clean page)) (and (select (exist s) clean) (not (select (dirty s) clean)))))))

; The search for the first dirty page from a page on: what is true before each page.
(define-fun search-invariant ((s State) (from Gfn) (page Gfn)) Bool
  (and (bvule from page)
       (forall ((before Gfn)) (=> (and (bvule from before) (bvult before page)) (not (select (dirty s) before))))))
