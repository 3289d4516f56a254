; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of set, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: set
; assumes: no_64_bit_sum_carries
; breakage: set.smt2: "(ite (= (set-done result) (set-count arguments)) success EFAULT)" -> "success"
(declare-const before State)
(declare-const after State)
(declare-const arguments set-arguments)
(declare-const outcome Outcome)
(declare-const result set-result)
;? (assert (= before (small-vm 1 true true true page-0)))
;?vacuity (assert (= after before))
;? (assert (= (remaining-or-mask (set-log arguments)) #x0000000000000000))
;? (assert (= after before))

; The conditions of the outcomes, each stated on its own.
(define-fun the-struct-cannot-be-read () Bool
  (not (set-readable arguments)))
(define-fun cmma-is-off () Bool
  (and (set-readable arguments) (not (enabled before))))
(define-fun there-is-a-flag () Bool
  (and (set-readable arguments) (enabled before) (not (= (flags (set-log arguments)) #x00000000))))
(define-fun there-are-too-many-values () Bool
  (and (set-readable arguments) (enabled before) (= (flags (set-log arguments)) #x00000000)
    (not (bvule (count (set-log arguments)) #x00100000))))
(define-fun there-are-no-values () Bool
  (and (set-readable arguments) (enabled before) (= (flags (set-log arguments)) #x00000000) (= (count (set-log arguments)) #x00000000)))
(define-fun no-memory () Bool
  (and (set-readable arguments) (enabled before) (= (flags (set-log arguments)) #x00000000)
    (bvule (count (set-log arguments)) #x00100000) (not (= (count (set-log arguments)) #x00000000)) (not (set-allocates arguments))))
(define-fun the-values-cannot-be-read () Bool
  (and (set-readable arguments) (enabled before) (= (flags (set-log arguments)) #x00000000)
    (bvule (count (set-log arguments)) #x00100000) (not (= (count (set-log arguments)) #x00000000)) (set-allocates arguments)
      (not (bvule (set-count arguments) (set-buffer-bytes arguments)))))
(define-fun a-page-does-not-exist () Bool
  (and (set-readable arguments) (enabled before) (= (flags (set-log arguments)) #x00000000)
    (bvule (count (set-log arguments)) #x00100000) (not (= (count (set-log arguments)) #x00000000)) (set-allocates arguments)
      (bvule (set-count arguments) (set-buffer-bytes arguments))
       (not (forall ((page Gfn)) (=> (in-range page (set-start arguments) (set-count arguments)) (select (exist before) page))))))
(define-fun all-pages-exist () Bool
  (and (set-readable arguments) (enabled before) (= (flags (set-log arguments)) #x00000000)
    (bvule (count (set-log arguments)) #x00100000) (not (= (count (set-log arguments)) #x00000000)) (set-allocates arguments)
      (bvule (set-count arguments) (set-buffer-bytes arguments))
       (forall ((page Gfn)) (=> (in-range page (set-start arguments) (set-count arguments)) (select (exist before) page)))))

; Of any state and arguments, exactly one is true.
(push 1)
; The walk does not carry, as no_64_bit_sum_carries proves; the page where it stopped may be one of those asked for.
(assert (bvule (set-start arguments) (bvadd (set-start arguments) (set-done result))))
(declare-const stopped-inside Bool)
(assert (= stopped-inside (in-range (bvadd (set-start arguments) (set-done result)) (set-start arguments) (set-count arguments))))
; refute
(assert (not (= 1 (+
  (ite the-struct-cannot-be-read 1 0)
  (ite cmma-is-off 1 0)
  (ite there-is-a-flag 1 0)
  (ite there-are-too-many-values 1 0)
  (ite there-are-no-values 1 0)
  (ite no-memory 1 0)
  (ite the-values-cannot-be-read 1 0)
  (ite a-page-does-not-exist 1 0)
  (ite all-pages-exist 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (set before arguments after outcome result))
; The walk does not carry, as no_64_bit_sum_carries proves; the page where it stopped may be one of those asked for.
(assert (bvule (set-start arguments) (bvadd (set-start arguments) (set-done result))))
(declare-const stopped-inside Bool)
(assert (= stopped-inside (in-range (bvadd (set-start arguments) (set-done result)) (set-start arguments) (set-count arguments))))
; refute
(assert (not (and
  (=> the-struct-cannot-be-read (and (= outcome EFAULT) (= after before) (= (set-done result) #x0000000000000000)))
  (=> cmma-is-off (and (= outcome ENXIO) (= after before) (= (set-done result) #x0000000000000000)))
  (=> there-is-a-flag (and (= outcome EINVAL) (= after before) (= (set-done result) #x0000000000000000)))
  (=> there-are-too-many-values (and (= outcome EINVAL) (= after before) (= (set-done result) #x0000000000000000)))
  (=> there-are-no-values (and (= outcome success) (= after before) (= (set-done result) #x0000000000000000)))
  (=> no-memory (and (= outcome ENOMEM) (= after before) (= (set-done result) #x0000000000000000)))
  (=> the-values-cannot-be-read (and (= outcome EFAULT) (= after before) (= (set-done result) #x0000000000000000)))
  (=> a-page-does-not-exist (and (= outcome EFAULT) (used after)))
  (=> all-pages-exist (and (= outcome success) (used after))))))
(check-sat)
(pop 1)
