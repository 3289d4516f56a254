; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of set-slot-flags, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: set-slot-flags
; breakage: set-slot-flags.smt2: "(ends-at-once before after outcome EINVAL)" -> "(ends-at-once before after outcome ENXIO)"
(declare-const before State)
(declare-const after State)
(declare-const arguments set-slot-flags-arguments)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (new-vm before))

; The conditions of the outcomes, each stated on its own.
(define-fun there-is-no-such-slot () Bool
  (= (select (slots before) (set-slot-flags-id arguments)) no-slot))
(define-fun there-is-such-a-slot () Bool
  ((_ is slot) (select (slots before) (set-slot-flags-id arguments))))

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
(assert (set-slot-flags before arguments after outcome result))
; refute
(assert (not (and
  (=> there-is-no-such-slot (and (= outcome EINVAL) (= after before)))
  (=> there-is-such-a-slot (= outcome success)))))
(check-sat)
(pop 1)
