; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of clear-cmma, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: clear-cmma
; breakage: clear-cmma.smt2: "(ends-at-once before after outcome EINVAL)" -> "(ends-at-once before after outcome ENXIO)"
(declare-const before State)
(declare-const after State)
(declare-const arguments Nothing)
(declare-const outcome Outcome)
(declare-const result Nothing)

; The conditions of the outcomes, each stated on its own.
(define-fun the-host-has-no-cmma () Bool
  (not (host-has-cmma before)))
(define-fun it-is-not-enabled () Bool
  (and (host-has-cmma before) (not (enabled before))))
(define-fun it-is-cleared () Bool
  (and (host-has-cmma before) (enabled before)))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite the-host-has-no-cmma 1 0)
  (ite it-is-not-enabled 1 0)
  (ite it-is-cleared 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (clear-cmma before arguments after outcome result))
; refute
(assert (not (and
  (=> the-host-has-no-cmma (and (= outcome ENXIO) (= after before)))
  (=> it-is-not-enabled (and (= outcome EINVAL) (= after before)))
  (=> it-is-cleared (and (= outcome success) (= (attributes after) all-stable))))))
(check-sat)
(pop 1)
