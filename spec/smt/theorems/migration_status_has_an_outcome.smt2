; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, migration-status has an outcome: this one, said in words of its own.
; expect: unsat
; uses: migration-status
; breakage: migration-status.smt2: "(= after before)" -> "(not (= after before))"
(declare-const before State)
(declare-const arguments Nothing)
(define-fun the-outcome () Outcome
  success)
(define-fun the-state-after () State
  before)
; refute
(assert (not (migration-status before arguments the-state-after the-outcome (migration-status-returns (migrating before)))))
(check-sat)
