; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of stop-migration, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: stop-migration
; breakage: state.smt2: "(and (not (migrating after)) (= (dirty after) no-page))" -> "(not (migrating after))"
(declare-const before State)
(declare-const after State)
(declare-const arguments Nothing)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (= before (small-vm 1 true true (migrating before) page-0)))

; The conditions of the outcomes, each stated on its own.
(define-fun it-is-off () Bool
  (not (migrating before)))
(define-fun it-stops () Bool
  (migrating before))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite it-is-off 1 0)
  (ite it-stops 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (stop-migration before arguments after outcome result))
; refute
(assert (not (and
  (=> it-is-off (and (= outcome success) (= after before)))
  (=> it-stops (and (= outcome success) (not (migrating after)) (= (dirty after) no-page))))))
(check-sat)
(pop 1)
