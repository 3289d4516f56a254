; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, touch has an outcome: this one, said in words of its own.
; expect: unsat
; uses: touch
; breakage: touch.smt2: "(keeps-used before after)" -> "(not (used after))"
(declare-const before State)
(declare-const arguments touch-arguments)
(define-fun the-outcome () Outcome
  (ite (select (exist before) (touch-gfn arguments)) success addressing-exception))
(define-fun the-state-after () State
  (ite (= the-outcome success) (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) (migrating before) (slots before) (exist before) (attributes before) (store (content before) (touch-gfn arguments) resident) (dirty before)) before))
; refute
(assert (not (touch before arguments the-state-after the-outcome nothing)))
(check-sat)
