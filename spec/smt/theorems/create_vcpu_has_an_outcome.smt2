; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, create-vcpu has an outcome: this one, said in words of its own.
; expect: unsat
; uses: create-vcpu
; breakage: create-vcpu.smt2: "(keeps-used before after)" -> "(not (used after))"
(declare-const before State)
(declare-const arguments Nothing)
(define-fun the-outcome () Outcome
  success)
(define-fun the-state-after () State
  (state (host-has-cmma before) (+ 1 (vcpu-count before)) (enabled before) (used before) (migrating before) (slots before) (exist before) (attributes before) (content before) (dirty before)))
; refute
(assert (not (create-vcpu before arguments the-state-after the-outcome nothing)))
(check-sat)
