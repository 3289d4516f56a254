; SPDX-License-Identifier: MIT
; guarantee: STATE-3, STATE-4, STATE-5
; claim: Two VMs that any operations led to, with the same pages, whose pages have the same attributes, content and marks, do not differ in any other gfn either: nothing is left of pages that are gone.
; expect: unsat
; uses: invariants
; breakage: invariants.smt2: "(and (= (select (attributes s) page) #x00) (= (select (content s) page) resident))" -> "(= (select (content s) page) resident)"
; breakage: invariants.smt2: "(and (= (select (attributes s) page) #x00) (= (select (content s) page) resident))" -> "(= (select (attributes s) page) #x00)"
; breakage: invariants.smt2: "(=> (select (dirty s) page) (select (exist s) page))" -> "true"
(declare-const one State)
(declare-const other State)
(declare-const page Gfn)
;? (assert (= one (small-vm 1 true true true page-0)))
;?vacuity (assert (= other one))
;?breakage (assert (or (= other (two-page-vm 1 true true true (store all-stable #x0000000000000002 #x01) page-0))
;?breakage             (= other (small-vm 1 true true true (store page-0 #x0000000000000002 true)))
;?breakage             (= other (state true 1 true true true (slots one) (exist one) all-stable (store all-resident #x0000000000000002 preserved) page-0))))
(define-fun alike ((page Gfn)) Bool
  (and (= (select (attributes one) page) (select (attributes other) page)) (= (select (content one) page) (select (content other) page))
       (= (select (dirty one) page) (select (dirty other) page))))
(assert (and (what-is-no-page-is-blank one) (dirty-pages-exist one)))
(assert (and (what-is-no-page-is-blank other) (dirty-pages-exist other)))
(assert (= (exist one) (exist other)))
(assert (forall ((page Gfn)) (=> (select (exist one) page) (alike page))))
; refute
(assert (not (alike page)))
(check-sat)
