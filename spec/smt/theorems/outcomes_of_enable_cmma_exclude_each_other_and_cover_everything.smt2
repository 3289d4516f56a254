; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of enable-cmma, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: enable-cmma
; breakage: enable-cmma.smt2: "(ends-at-once before after outcome EBUSY)" -> "(ends-at-once before after outcome EINVAL)"
(declare-const before State)
(declare-const after State)
(declare-const arguments Nothing)
(declare-const outcome Outcome)
(declare-const result Nothing)

; The conditions of the outcomes, each stated on its own.
(define-fun the-host-has-no-cmma () Bool
  (not (host-has-cmma before)))
(define-fun a-vcpu-exists () Bool
  (and (host-has-cmma before) (not (= (vcpu-count before) 0))))
(define-fun it-is-enabled () Bool
  (and (host-has-cmma before) (= (vcpu-count before) 0)))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite the-host-has-no-cmma 1 0)
  (ite a-vcpu-exists 1 0)
  (ite it-is-enabled 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (enable-cmma before arguments after outcome result))
; refute
(assert (not (and
  (=> the-host-has-no-cmma (and (= outcome ENXIO) (= after before)))
  (=> a-vcpu-exists (and (= outcome EBUSY) (= after before)))
  (=> it-is-enabled (and (= outcome success) (enabled after))))))
(check-sat)
(pop 1)
