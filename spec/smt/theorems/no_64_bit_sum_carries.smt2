; SPDX-License-Identifier: MIT
; guarantee: G13
; claim: No sum of 64-bit numbers in the model carries and no difference borrows, wherever its result matters. Each sum and difference of the model has a name in a comment beside it, and an obligation of that name here.
; expect: unsat
; uses: create-slot peek set walk invariants
; assumes: block_fits_the_buffer no_more_than_2_to_52_pages_exist a_set_with_a_page_counts_at_least_one
; breakage: state.smt2: "(and (bvule first page) (bvult (bvsub page first) length))" -> "(bvult (bvsub page first) length)"
; breakage: get.smt2: "(and (select (dirty s) next) (bvult last next)" -> "(and (select (dirty s) next)"
; breakage: state.smt2: "(define-fun end-of-memory () Gfn #x0010000000000000)" -> "(define-fun end-of-memory () Gfn #xffffffffffffffff)"
; breakage: walk.smt2: "(bvult page end)                                               ; GET-BLOCK-6" -> "true"
(define-fun carries ((a (_ BitVec 64)) (b (_ BitVec 64))) Bool (bvult (bvadd a b) a))
(define-fun borrows ((a (_ BitVec 64)) (b (_ BitVec 64))) Bool (bvult a b))

; difference: PAGE-OF-RANGE
(push 1)
(declare-const page Gfn)
(declare-const first Gfn)
(declare-const length Gfn)
(assert (in-range page first length))
; refute
(assert (borrows page first))
(check-sat)
(pop 1)

; difference: HIGHEST-BASE where the size of a slot was found small enough.
(push 1)
(declare-const first Gfn)
(declare-const length Gfn)
(assert (not (reaches-past-memory first length)))
; refute
(assert (borrows end-of-memory length))
(check-sat)
(pop 1)

; difference: GAP-BEFORE-NEXT
(push 1)
(declare-const s State)
(declare-const end Gfn)
(declare-const last Gfn)
(declare-const next Gfn)
(assert (joins-the-block s end last next))
; refute
(assert (borrows next last))
(check-sat)
(pop 1)

; difference: NEAR-FROM-PAGE for the page that is near.
(push 1)
(declare-const s State)
(declare-const page Gfn)
(declare-const near Gfn)
(assert (and (bvult page near) (bvult (bvsub near page) gap) (select (dirty s) near)))
; refute
(assert (borrows near page))
(check-sat)
(pop 1)

; sum: END-OF-BUFFER
(push 1)
(declare-const s State)
(declare-const arguments get-arguments)
(declare-const first Gfn)
(assert (pages-lie-below-the-end-of-memory s))
(assert (dirty-pages-exist s))
(assert (first-of-block s (get-start arguments) first))
; refute
(assert (carries first (get-limit arguments)))
(check-sat)
(pop 1)

; sum: PAGES-WALKED and its difference.
(push 1)
(declare-const result get-result)
(assert (bvule (get-first result) (get-last result)))
(assert (bvult (get-last result) end-of-memory)) ; the last page exists
; refute
(assert (or (borrows (get-last result) (get-first result))
            (carries (bvsub (get-last result) (get-first result)) #x0000000000000001)))
(check-sat)
(pop 1)

; sum: PAGE-OF-VALUE
(push 1)
(declare-const result get-result)
(declare-const index Gfn)
(assert (bvult (get-last result) end-of-memory))
(assert (bvule (walked result) #x0000000000100000)) ; as block_fits_the_buffer proves
(assert (bvule (get-first result) (get-last result)))
(assert (bvult index (walked result)))
; refute
(assert (carries (get-first result) index))
(check-sat)
(pop 1)

; sum: PAGE-AFTER-PEEK
(push 1)
(declare-const s State)
(declare-const arguments get-arguments)
(declare-const result get-result)
;? (assert (= s (small-vm 1 true true true page-0)))
;? (assert (= (get-start arguments) #x0000000000000000))
(assert (pages-lie-below-the-end-of-memory s))
(assert (peek-walk s arguments result))
(declare-fun is-looked-at (Bool) Bool)
(assert (is-looked-at (select (exist s) (get-last result))))
; refute
(assert (carries (get-last result) #x0000000000000001))
(check-sat)
(pop 1)

; sum: END-OF-SET no page exists whose gfn wraps round. SET-WALK-2
(push 1)
(declare-const s State)
(declare-const arguments set-arguments)
(declare-const result set-result)
;?breakage (assert (= s endless-vm))
(assert (pages-lie-below-the-end-of-memory s))
(assert (set-walk s arguments result))
(assert (bvule (count (set-log arguments)) most-values))
; The first page of the walk exists, if there is one.
(declare-fun is-looked-at (Bool) Bool)
(assert (is-looked-at (in-range (set-start arguments) (set-start arguments) (set-done result))))
; refute
(assert (carries (set-start arguments) (set-done result)))
(check-sat)
(pop 1)

; difference: VALUE-FOR-PAGE
(push 1)
(declare-const start Gfn)
(declare-const page Gfn)
(declare-const done Gfn)
(assert (in-range page start done))
; refute
(assert (borrows page start))
(check-sat)
(pop 1)

; difference: PAGE-FROM-LAST
(push 1)
(declare-const s State)
(declare-const first Gfn)
(declare-const end Gfn)
(declare-const last Gfn)
(declare-const page Gfn)
;? (assert (= s (small-vm 1 true true true page-0)))
;? (assert (= first last #x0000000000000000))
;? (assert (= page end #x0000000000000001))
(assert (walk-invariant s first end last page))
; refute
(assert (borrows page last))
(check-sat)
(pop 1)

; sum: PAGE-AFTER
(push 1)
(declare-const s State)
(declare-const end Gfn)
(declare-const last Gfn)
(declare-const page Gfn)
(assert (walk-goes-on s end last page))
; refute
(assert (carries page #x0000000000000001))
(check-sat)
(pop 1)

; sum: COUNT-OF-ONE-PAGE and its difference, for a set of pages that exist.
(push 1)
(declare-const marks Pages)
(declare-const page Gfn)
(assert (bvule (card marks) end-of-memory)) ; as no_more_than_2_to_52_pages_exist proves
(assert (=> (select marks page) (not (= (card marks) #x0000000000000000)))) ; as a_set_with_a_page_counts_at_least_one proves
; refute
(assert (or (carries (card marks) #x0000000000000001)
            (borrows (card marks) (ite (select marks page) #x0000000000000001 #x0000000000000000))))
(check-sat)
(pop 1)

; sum: COUNT-OF-TWO-PARTS where each counts 2^52 at most.
(push 1)
(declare-const one Pages)
(declare-const other Pages)
(assert (bvule (card one) end-of-memory))
(assert (bvule (card other) end-of-memory))
; refute
(assert (carries (card one) (card other)))
(check-sat)
(pop 1)

; difference: ROOM-ABOVE
(push 1)
(declare-const first Gfn)
; refute
(assert (borrows #xffffffffffffffff first))
(check-sat)
(pop 1)
