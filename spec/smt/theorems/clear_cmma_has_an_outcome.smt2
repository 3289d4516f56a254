; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, clear-cmma has an outcome: this one, said in words of its own.
; expect: unsat
; uses: clear-cmma
; breakage: clear-cmma.smt2: "(keeps-content before after)" -> "(= (content after) all-resident)"
(declare-const before State)
(declare-const arguments Nothing)
(define-fun the-outcome () Outcome
  (ite (not (host-has-cmma before)) ENXIO (ite (not (enabled before)) EINVAL success)))
(define-fun the-state-after () State
  (ite (= the-outcome success) (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) (migrating before) (slots before) (exist before) ((as const (Array Gfn Byte)) #x00) (content before) (dirty before)) before))
; refute
(assert (not (clear-cmma before arguments the-state-after the-outcome nothing)))
(check-sat)
