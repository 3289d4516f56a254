; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, enable-cmma has an outcome: this one, said in words of its own.
; expect: unsat
; uses: enable-cmma
; breakage: enable-cmma.smt2: "(keeps-used before after)" -> "(not (used after))"
(declare-const before State)
(declare-const arguments Nothing)
(define-fun the-outcome () Outcome
  (ite (not (host-has-cmma before)) ENXIO (ite (distinct (vcpu-count before) 0) EBUSY success)))
(define-fun the-state-after () State
  (ite (= the-outcome success) (state (host-has-cmma before) (vcpu-count before) true (used before) (migrating before) (slots before) (exist before) (attributes before) (content before) (dirty before)) before))
; refute
(assert (not (enable-cmma before arguments the-state-after the-outcome nothing)))
(check-sat)
