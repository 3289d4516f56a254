; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of touch, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: touch
; breakage: touch.smt2: "(store (content before) (touch-gfn arguments) resident)" -> "(content before)"
(declare-const before State)
(declare-const after State)
(declare-const arguments touch-arguments)
(declare-const outcome Outcome)
(declare-const result Nothing)

; The conditions of the outcomes, each stated on its own.
(define-fun there-is-no-such-page () Bool
  (not (select (exist before) (touch-gfn arguments))))
(define-fun there-is-such-a-page () Bool
  (select (exist before) (touch-gfn arguments)))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite there-is-no-such-page 1 0)
  (ite there-is-such-a-page 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (touch before arguments after outcome result))
; refute
(assert (not (and
  (=> there-is-no-such-page (and (= outcome addressing-exception) (= after before)))
  (=> there-is-such-a-page (and (= outcome success) (= (select (content after) (touch-gfn arguments)) resident))))))
(check-sat)
(pop 1)
