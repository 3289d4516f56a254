; SPDX-License-Identifier: MIT
; guarantee: G4, G12
; claim: The walk page by page from the first page of a block ends, and then its last dirty page is the last page of the block.
; expect: unsat
; uses: walk invariants
; breakage: walk.smt2: "(bvule (bvsub page last) gap)" -> "(bvult (bvsub page last) gap)"
; breakage: walk.smt2: "(bvule (bvsub page last) gap)" -> "true"
; breakage: walk.smt2: "(bvult last page)" -> "(bvule last page)"
; breakage: walk.smt2: "(ite (select (dirty s) page) page last)" -> "last"
(declare-const s State)
(declare-const first Gfn)
(declare-const end Gfn)
(declare-const last Gfn)
(declare-const page Gfn)
;?vacuity (assert (= s (large-vm (store page-0 #x0000000000000010 true))))
;?breakage (assert (or (= s (large-vm (store page-0 #x0000000000000010 true))) (= s (large-vm (store page-0 #x0000000000000011 true)))
;?breakage   (= s (with-a-hole (large-vm (store page-0 #x0000000000000008 true)) #x0000000000000005))))
;? (assert (= first #x0000000000000000))
;? (assert (bvult end #x0000000000000040))

; It begins with its invariant.
(push 1)
(declare-const any Gfn)
(assert (select (dirty s) first))
(assert (dirty-pages-exist s))
(assert (bvult first end))
; refute
(assert (not (and (part-of-block s first end first) (bvult first (page-after first))
                  (=> (bvult first any) (not (bvult any (page-after first)))))))
(check-sat)
(pop 1)

; The page that comes next lies behind all that are in the block: none is looked at twice.
(push 1)
(assert (walk-invariant s first end last page))
; refute
(assert (between page first last))
(check-sat)
(pop 1)

; A step over a dirty page keeps it: what is a part of a block up to the last page is one up to this page.
(push 1)
(declare-const any Gfn)
(declare-const before-this Bool)
(assert (walk-invariant s first end last page))
(assert (walk-goes-on s end last page))
(assert (select (dirty s) page))
(declare-const now Gfn)
(assert (= now (last-after s last page)))
(assert (between any first now))
(assert (= before-this (between any first last)))
; refute
(assert (not (and (bvule first now) (bvult now end) (select (dirty s) now) (select (exist s) any) (dirty-or-near s any))))
(check-sat)
(pop 1)

; After it there is no page yet between the last dirty page and the next page to look at.
(push 1)
(declare-const any Gfn)
(assert (bvult page end))
(assert (select (dirty s) page))
(assert (bvult page any))
; refute
(assert (not (and (= (last-after s last page) page) (bvult page (page-after page)) (not (bvult any (page-after page))))))
(check-sat)
(pop 1)

; A step over a clean page keeps it: the pages from the last dirty page to this one exist and are clean.
(push 1)
(declare-const any Gfn)
(declare-const this Bool)
(assert (walk-invariant s first end last page))
(assert (walk-goes-on s end last page))
(assert (not (select (dirty s) page)))
(assert (bvult last any))
(assert (bvult any (page-after page)))
(assert (= this (= any page)))
; refute
(assert (not (and (= (last-after s last page) last) (bvult last (page-after page))
                  (select (exist s) any) (not (select (dirty s) any)))))
(check-sat)
(pop 1)

; What these steps keep is the invariant.
(push 1)
(assert (part-of-block s first end last))
(assert (bvult last page))
(assert (forall ((clean Gfn))
  (=> (and (bvult last clean) (bvult clean page)) (and (select (exist s) clean) (not (select (dirty s) clean))))))
; refute
(assert (not (walk-invariant s first end last page)))
(check-sat)
(pop 1)

; A step comes nearer to the end: so there is a last one.
(push 1)
(assert (walk-goes-on s end last page))
; refute
(assert (not (bvult (bvsub end (page-after page)) (bvsub end page))))
(check-sat)
(pop 1)

; Where it stops, no page joins the block.
(push 1)
(declare-const next Gfn)
(assert (walk-invariant s first end last page))
(assert (not (walk-goes-on s end last page)))
(assert (select (dirty s) next))
(assert (select (exist s) next)) ; by dirty-pages-exist
(declare-const this Bool)
(assert (= this (= next page)))
; refute
(assert (joins-the-block s end last next))
(check-sat)
(pop 1)
