; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of create-slot, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: create-slot
; breakage: create-slot.smt2: "(bvugt (create-slot-pages arguments) most-pages-of-a-slot)" -> "(bvuge (create-slot-pages arguments) most-pages-of-a-slot)"
; breakage: create-slot.smt2: "(ends-at-once before after outcome ENOMEM)" -> "(ends-at-once before after outcome ENXIO)"
(declare-const before State)
(declare-const after State)
(declare-const arguments create-slot-arguments)
(declare-const outcome Outcome)
(declare-const result Nothing)
(define-fun fits () Bool
  (and (bvule #x0000000000000001 (create-slot-pages arguments)) (bvule (create-slot-pages arguments) #x000000007fffffff)
       (bvule (create-slot-base arguments) (bvsub #x0010000000000000 (create-slot-pages arguments)))))
;? (assert (new-vm before))

; The conditions of the outcomes, each stated on its own.
(define-fun the-id-is-in-use () Bool
  ((_ is slot) (select (slots before) (create-slot-id arguments))))
(define-fun the-size-or-place-is-bad () Bool
  (and (not ((_ is slot) (select (slots before) (create-slot-id arguments))))
       (or (= (create-slot-pages arguments) #x0000000000000000)
           (bvugt (create-slot-pages arguments) #x000000007fffffff)
           (bvugt (create-slot-base arguments) #x0010000000000000)
           (bvugt (bvadd (create-slot-base arguments) (create-slot-pages arguments)) #x0010000000000000))))
(define-fun it-overlaps () Bool
  (and (not ((_ is slot) (select (slots before) (create-slot-id arguments))))
       fits
       (exists ((page Gfn)) (and (select (exist before) page)
         (in-range page (create-slot-base arguments) (create-slot-pages arguments))))))
(define-fun no-memory () Bool
  (and (not ((_ is slot) (select (slots before) (create-slot-id arguments))))
       fits
       (not (create-slot-allocates arguments))
       (forall ((page Gfn)) (=> (select (exist before) page)
         (not (in-range page (create-slot-base arguments) (create-slot-pages arguments)))))))
(define-fun it-is-created () Bool
  (and (not ((_ is slot) (select (slots before) (create-slot-id arguments))))
       fits
       (create-slot-allocates arguments)
       (forall ((page Gfn)) (=> (select (exist before) page)
         (not (in-range page (create-slot-base arguments) (create-slot-pages arguments)))))))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite the-id-is-in-use 1 0)
  (ite the-size-or-place-is-bad 1 0)
  (ite it-overlaps 1 0)
  (ite no-memory 1 0)
  (ite it-is-created 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (create-slot before arguments after outcome result))
; refute
(assert (not (and
  (=> the-id-is-in-use (and (= outcome EEXIST) (= after before)))
  (=> the-size-or-place-is-bad (and (= outcome EINVAL) (= after before)))
  (=> it-overlaps (and (= outcome EEXIST) (= after before)))
  (=> no-memory (and (= outcome ENOMEM) (= after before)))
  (=> it-is-created (and (= outcome success) (= (select (slots after) (create-slot-id arguments))
      (slot (create-slot-base arguments) (create-slot-pages arguments) (create-slot-dirty-log arguments))))))))
(check-sat)
(pop 1)
