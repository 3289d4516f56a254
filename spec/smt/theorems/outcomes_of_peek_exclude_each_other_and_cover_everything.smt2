; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of peek, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: peek
; breakage: peek.smt2: "(get-fails-at-once before arguments after outcome result EFAULT)" -> "(get-fails-at-once before arguments after outcome result EINVAL)"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const outcome Outcome)
(declare-const result get-result)
(assert (= (flags (get-log arguments)) #x00000001))
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (count (get-log arguments)) #x00000001))

; The conditions of the outcomes, each stated on its own.
(define-fun the-struct-cannot-be-read () Bool
  (not (get-readable arguments)))
(define-fun cmma-is-off () Bool
  (and (get-readable arguments) (not (enabled before))))
(define-fun nothing-to-say () Bool
  (and (get-readable arguments) (enabled before) (or (= (count (get-log arguments)) #x00000000) (not (used before)))
    (get-writable arguments)))
(define-fun nothing-to-say-and-nowhere-to-say-it () Bool
  (and (get-readable arguments) (enabled before) (or (= (count (get-log arguments)) #x00000000) (not (used before)))
    (not (get-writable arguments))))
(define-fun no-memory () Bool
  (and (get-readable arguments) (enabled before) (not (= (count (get-log arguments)) #x00000000)) (used before)
    (not (get-allocates arguments))))
(define-fun there-is-no-such-page () Bool
  (and (get-readable arguments) (enabled before) (not (= (count (get-log arguments)) #x00000000)) (used before)
    (get-allocates arguments) (not (select (exist before) (start-gfn (get-log arguments))))))
(define-fun the-values-cannot-be-written () Bool
  (and (get-readable arguments) (enabled before) (not (= (count (get-log arguments)) #x00000000)) (used before)
    (get-allocates arguments) (select (exist before) (start-gfn (get-log arguments)))
      (not (bvule (walked result) (get-buffer-bytes arguments)))))
(define-fun the-struct-cannot-be-written () Bool
  (and (get-readable arguments) (enabled before) (not (= (count (get-log arguments)) #x00000000)) (used before)
    (get-allocates arguments) (select (exist before) (start-gfn (get-log arguments)))
      (bvule (walked result) (get-buffer-bytes arguments)) (not (get-writable arguments))))
(define-fun the-values () Bool
  (and (get-readable arguments) (enabled before) (not (= (count (get-log arguments)) #x00000000)) (used before)
    (get-allocates arguments) (select (exist before) (start-gfn (get-log arguments)))
      (bvule (walked result) (get-buffer-bytes arguments)) (get-writable arguments)))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite the-struct-cannot-be-read 1 0)
  (ite cmma-is-off 1 0)
  (ite nothing-to-say 1 0)
  (ite nothing-to-say-and-nowhere-to-say-it 1 0)
  (ite no-memory 1 0)
  (ite there-is-no-such-page 1 0)
  (ite the-values-cannot-be-written 1 0)
  (ite the-struct-cannot-be-written 1 0)
  (ite the-values 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (peek before arguments after outcome result))
; refute
(assert (not (and
  (=> the-struct-cannot-be-read (and (= outcome EFAULT) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> cmma-is-off (and (= outcome ENXIO) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> nothing-to-say (and (= outcome success) (= (get-log-after result) zeros)))
  (=> nothing-to-say-and-nowhere-to-say-it (and (= outcome EFAULT) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> no-memory (and (= outcome ENOMEM) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> there-is-no-such-page (and (= outcome EFAULT) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> the-values-cannot-be-written (and (= outcome EFAULT) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> the-struct-cannot-be-written (and (= outcome EFAULT) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> the-values (and (= outcome success) (= after before) (get-writes-back after arguments result))))))
(check-sat)
(pop 1)
