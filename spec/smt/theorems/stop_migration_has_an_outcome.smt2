; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, stop-migration has an outcome: this one, said in words of its own.
; expect: unsat
; uses: stop-migration
; breakage: stop-migration.smt2: "(keeps-used before after)" -> "(not (used after))"
(declare-const before State)
(declare-const arguments Nothing)
(define-fun the-outcome () Outcome
  success)
(define-fun the-state-after () State
  (ite (migrating before) (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) false (slots before) (exist before) (attributes before) (content before) ((as const Pages) false)) before))
; refute
(assert (not (stop-migration before arguments the-state-after the-outcome nothing)))
(check-sat)
