; SPDX-License-Identifier: MIT
; guarantee: G12, DELETE-SLOT-3
; claim: The conditions of the outcomes of delete-slot, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes, whether or not there is memory.
; expect: unsat
; uses: delete-slot
; breakage: delete-slot.smt2: "(ends-at-once before after outcome EINVAL)" -> "(ends-at-once before after outcome ENXIO)"
; breakage: delete-slot.smt2: "(not ((_ is slot) (select (slots before) (delete-slot-id arguments))))" -> "(or (not (delete-slot-allocates arguments)) (not ((_ is slot) (select (slots before) (delete-slot-id arguments)))))"
(declare-const before State)
(declare-const after State)
(declare-const arguments delete-slot-arguments)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (= before (small-vm 1 true true true page-0)))
;?vacuity (assert (= (delete-slot-id arguments) #x00000001))

; The conditions of the outcomes, each stated on its own.
(define-fun there-is-no-such-slot () Bool
  (= (select (slots before) (delete-slot-id arguments)) no-slot))
(define-fun there-is-such-a-slot () Bool
  ((_ is slot) (select (slots before) (delete-slot-id arguments))))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite there-is-no-such-slot 1 0)
  (ite there-is-such-a-slot 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (delete-slot before arguments after outcome result))
; refute
(assert (not (and
  (=> there-is-no-such-slot (and (= outcome EINVAL) (= after before)))
  (=> there-is-such-a-slot (and (= outcome success) (= (select (slots after) (delete-slot-id arguments)) no-slot))))))
(check-sat)
(pop 1)
