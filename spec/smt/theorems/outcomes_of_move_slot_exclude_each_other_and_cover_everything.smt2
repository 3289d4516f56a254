; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of move-slot, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: move-slot
; breakage: move-slot.smt2: "(not (holds (slot-to-move before arguments) page))" -> "true"
; breakage: move-slot.smt2: "(ends-at-once before after outcome ENOMEM)" -> "(ends-at-once before after outcome ENXIO)"
(declare-const before State)
(declare-const after State)
(declare-const arguments move-slot-arguments)
(declare-const outcome Outcome)
(declare-const result Nothing)
(define-fun fits () Bool
  (and (bvule (pages (slot-to-move before arguments)) #x0010000000000000)
    (bvule (move-slot-base arguments) (bvsub #x0010000000000000 (pages (slot-to-move before arguments))))))
;? (assert (= before (small-vm 1 true true false no-page)))
;? (assert (= arguments (move-slot-of #x00000000 #x0000000000000001 (move-slot-allocates arguments))))
;?vacuity (assert (= outcome success))
;?vacuity (assert (= after (state true 1 true true false (store (slots before) #x00000000 (slot #x0000000000000001 #x0000000000000002 true))
;?vacuity   (two-pages no-page #x0000000000000001) all-stable all-resident no-page)))

; The conditions of the outcomes, each stated on its own.
(define-fun there-is-no-such-slot () Bool
  (= (select (slots before) (move-slot-id arguments)) no-slot))
(define-fun the-place-is-bad () Bool
  (and ((_ is slot) (slot-to-move before arguments)) (not fits)))
(define-fun it-overlaps () Bool
  (and ((_ is slot) (slot-to-move before arguments)) fits
       (exists ((page Gfn)) (and (select (exist before) page)
         (in-range page (move-slot-base arguments) (pages (slot-to-move before arguments)))
         (not (in-range page (base (slot-to-move before arguments)) (pages (slot-to-move before arguments))))))))
(define-fun no-memory () Bool
  (and ((_ is slot) (slot-to-move before arguments)) fits (not (move-slot-allocates arguments))
       (forall ((page Gfn)) (=> (and (select (exist before) page)
         (in-range page (move-slot-base arguments) (pages (slot-to-move before arguments))))
         (in-range page (base (slot-to-move before arguments)) (pages (slot-to-move before arguments)))))))
(define-fun it-is-moved () Bool
  (and ((_ is slot) (slot-to-move before arguments)) fits (move-slot-allocates arguments)
       (forall ((page Gfn)) (=> (and (select (exist before) page)
         (in-range page (move-slot-base arguments) (pages (slot-to-move before arguments))))
         (in-range page (base (slot-to-move before arguments)) (pages (slot-to-move before arguments)))))))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite there-is-no-such-slot 1 0)
  (ite the-place-is-bad 1 0)
  (ite it-overlaps 1 0)
  (ite no-memory 1 0)
  (ite it-is-moved 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (move-slot before arguments after outcome result))
; refute
(assert (not (and
  (=> there-is-no-such-slot (and (= outcome EINVAL) (= after before)))
  (=> the-place-is-bad (and (= outcome EINVAL) (= after before)))
  (=> it-overlaps (and (= outcome EEXIST) (= after before)))
  (=> no-memory (and (= outcome ENOMEM) (= after before)))
  (=> it-is-moved (and (= outcome success) (= (base (select (slots after) (move-slot-id arguments))) (move-slot-base arguments)))))))
(check-sat)
(pop 1)
