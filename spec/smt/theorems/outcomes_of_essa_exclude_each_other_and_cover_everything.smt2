; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of essa, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: essa
; breakage: essa.smt2: "(bvugt (essa-orc arguments) #x00000007)" -> "(bvugt (essa-orc arguments) #x00000006)"
(declare-const before State)
(declare-const after State)
(declare-const arguments essa-arguments)
(declare-const outcome Outcome)
(declare-const result essa-result)

; The conditions of the outcomes, each stated on its own.
(define-fun cmma-is-off () Bool
  (not (enabled before)))
(define-fun the-code-is-unknown () Bool
  (and (enabled before) (bvugt (essa-orc arguments) #x00000007)))
(define-fun there-is-no-such-page () Bool
  (and (enabled before) (bvule (essa-orc arguments) #x00000007) (not (select (exist before) (essa-gfn arguments)))))
(define-fun it-is-executed () Bool
  (and (enabled before) (bvule (essa-orc arguments) #x00000007) (select (exist before) (essa-gfn arguments))))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite cmma-is-off 1 0)
  (ite the-code-is-unknown 1 0)
  (ite there-is-no-such-page 1 0)
  (ite it-is-executed 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (essa before arguments after outcome result))
; refute
(assert (not (and
  (=> cmma-is-off (and (= outcome operation-exception) (= after before)))
  (=> the-code-is-unknown (and (= outcome specification-exception) (= after before)))
  (=> there-is-no-such-page (= outcome addressing-exception))
  (=> it-is-executed (= outcome success)))))
(check-sat)
(pop 1)
