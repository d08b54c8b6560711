# In this folder, `gnuplot finetuning.gp` draws finetuning.svg from finetuning.csv: 174 mm wide, letters of 7 points.
set datafile separator ','
set encoding utf8
set border 3
set tics nomirror noenhanced
set grid ytics lc rgb '#dddddd' lt 1 lw 0.5
set key noenhanced samplen 2.5 spacing 1.1
set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8
set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8
set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9
set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0
set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8
set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8
set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9
set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0
set terminal svg size 1028,533 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'finetuning.svg'
place(x) = x
set xrange [0.79:4.21]
set xtics nomirror ('4' 4 0, '3' 3 0, '2' 2 0, '1' 1 0)
set bars small
set multiplot
unset key
set lmargin at screen 0.0730
set rmargin at screen 0.3210
set tmargin at screen 0.8893
set bmargin at screen 0.5704
set xlabel "" noenhanced offset 0,0.3
set title "storyworld-acceptability" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
set yrange [46.665:92.835]
plot \
    'finetuning.csv' every ::1 using ($1 == 0 ? place($2) + -0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 0 ? place($2) + -0.05294 : NaN):3 with lines ls 1, \
    'finetuning.csv' every ::1 using ($1 == 0 ? place($2) + -0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'finetuning.csv' every ::1 using ($1 == 1 ? place($2) + -0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 1 ? place($2) + -0.01765 : NaN):3 with lines ls 2, \
    'finetuning.csv' every ::1 using ($1 == 1 ? place($2) + -0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'finetuning.csv' every ::1 using ($1 == 2 ? place($2) + 0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 2 ? place($2) + 0.01765 : NaN):3 with lines ls 3, \
    'finetuning.csv' every ::1 using ($1 == 2 ? place($2) + 0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'finetuning.csv' every ::1 using ($1 == 3 ? place($2) + 0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 3 ? place($2) + 0.05294 : NaN):3 with lines ls 4, \
    'finetuning.csv' every ::1 using ($1 == 3 ? place($2) + 0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 4
set lmargin at screen 0.4037
set rmargin at screen 0.6518
set tmargin at screen 0.8893
set bmargin at screen 0.5704
set xlabel "" noenhanced offset 0,0.3
set title "storyworld-sentiment" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
set yrange [46.42:96.58]
plot \
    'finetuning.csv' every ::1 using ($1 == 4 ? place($2) + -0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 4 ? place($2) + -0.05294 : NaN):3 with lines ls 1, \
    'finetuning.csv' every ::1 using ($1 == 4 ? place($2) + -0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'finetuning.csv' every ::1 using ($1 == 5 ? place($2) + -0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 5 ? place($2) + -0.01765 : NaN):3 with lines ls 2, \
    'finetuning.csv' every ::1 using ($1 == 5 ? place($2) + -0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'finetuning.csv' every ::1 using ($1 == 6 ? place($2) + 0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 6 ? place($2) + 0.01765 : NaN):3 with lines ls 3, \
    'finetuning.csv' every ::1 using ($1 == 6 ? place($2) + 0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'finetuning.csv' every ::1 using ($1 == 7 ? place($2) + 0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 7 ? place($2) + 0.05294 : NaN):3 with lines ls 4, \
    'finetuning.csv' every ::1 using ($1 == 7 ? place($2) + 0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 4
set lmargin at screen 0.7344
set rmargin at screen 0.9825
set tmargin at screen 0.8893
set bmargin at screen 0.5704
set xlabel "" noenhanced offset 0,0.3
set title "storyworld-entailment" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
set yrange [27.205:48.295]
plot \
    'finetuning.csv' every ::1 using ($1 == 8 ? place($2) + -0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 8 ? place($2) + -0.05294 : NaN):3 with lines ls 1, \
    'finetuning.csv' every ::1 using ($1 == 8 ? place($2) + -0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'finetuning.csv' every ::1 using ($1 == 9 ? place($2) + -0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 9 ? place($2) + -0.01765 : NaN):3 with lines ls 2, \
    'finetuning.csv' every ::1 using ($1 == 9 ? place($2) + -0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'finetuning.csv' every ::1 using ($1 == 10 ? place($2) + 0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 10 ? place($2) + 0.01765 : NaN):3 with lines ls 3, \
    'finetuning.csv' every ::1 using ($1 == 10 ? place($2) + 0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'finetuning.csv' every ::1 using ($1 == 11 ? place($2) + 0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 11 ? place($2) + 0.05294 : NaN):3 with lines ls 4, \
    'finetuning.csv' every ::1 using ($1 == 11 ? place($2) + 0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 4
set lmargin at screen 0.0730
set rmargin at screen 0.3210
set tmargin at screen 0.4465
set bmargin at screen 0.1276
set xlabel "epoch" noenhanced offset 0,0.3
set title "storyworld-similarity" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
set yrange [47.265:59.235]
plot \
    'finetuning.csv' every ::1 using ($1 == 12 ? place($2) + -0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 12 ? place($2) + -0.05294 : NaN):3 with lines ls 1, \
    'finetuning.csv' every ::1 using ($1 == 12 ? place($2) + -0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'finetuning.csv' every ::1 using ($1 == 13 ? place($2) + -0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 13 ? place($2) + -0.01765 : NaN):3 with lines ls 2, \
    'finetuning.csv' every ::1 using ($1 == 13 ? place($2) + -0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'finetuning.csv' every ::1 using ($1 == 14 ? place($2) + 0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 14 ? place($2) + 0.01765 : NaN):3 with lines ls 3, \
    'finetuning.csv' every ::1 using ($1 == 14 ? place($2) + 0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'finetuning.csv' every ::1 using ($1 == 15 ? place($2) + 0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 15 ? place($2) + 0.05294 : NaN):3 with lines ls 4, \
    'finetuning.csv' every ::1 using ($1 == 15 ? place($2) + 0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 4
set lmargin at screen 0.4037
set rmargin at screen 0.6518
set tmargin at screen 0.4465
set bmargin at screen 0.1276
set xlabel "epoch" noenhanced offset 0,0.3
set title "storyworld-relatedness" noenhanced offset 0,-0.5
set ylabel "Pearson correlation × 100" noenhanced offset 1,0
set yrange [-10.4639:17.757]
plot \
    'finetuning.csv' every ::1 using ($1 == 16 ? place($2) + -0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 16 ? place($2) + -0.05294 : NaN):3 with lines ls 1, \
    'finetuning.csv' every ::1 using ($1 == 16 ? place($2) + -0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'finetuning.csv' every ::1 using ($1 == 17 ? place($2) + -0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 17 ? place($2) + -0.01765 : NaN):3 with lines ls 2, \
    'finetuning.csv' every ::1 using ($1 == 17 ? place($2) + -0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'finetuning.csv' every ::1 using ($1 == 18 ? place($2) + 0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 18 ? place($2) + 0.01765 : NaN):3 with lines ls 3, \
    'finetuning.csv' every ::1 using ($1 == 18 ? place($2) + 0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'finetuning.csv' every ::1 using ($1 == 19 ? place($2) + 0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 19 ? place($2) + 0.05294 : NaN):3 with lines ls 4, \
    'finetuning.csv' every ::1 using ($1 == 19 ? place($2) + 0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 4
set lmargin at screen 0.7344
set rmargin at screen 0.9825
set tmargin at screen 0.4465
set bmargin at screen 0.1276
set xlabel "epoch" noenhanced offset 0,0.3
set title "storyworld-ending" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
set yrange [42.925:68.575]
plot \
    'finetuning.csv' every ::1 using ($1 == 20 ? place($2) + -0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 20 ? place($2) + -0.05294 : NaN):3 with lines ls 1, \
    'finetuning.csv' every ::1 using ($1 == 20 ? place($2) + -0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'finetuning.csv' every ::1 using ($1 == 21 ? place($2) + -0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 21 ? place($2) + -0.01765 : NaN):3 with lines ls 2, \
    'finetuning.csv' every ::1 using ($1 == 21 ? place($2) + -0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'finetuning.csv' every ::1 using ($1 == 22 ? place($2) + 0.01765 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 22 ? place($2) + 0.01765 : NaN):3 with lines ls 3, \
    'finetuning.csv' every ::1 using ($1 == 22 ? place($2) + 0.01765 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'finetuning.csv' every ::1 using ($1 == 23 ? place($2) + 0.05294 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'finetuning.csv' every ::1 using ($1 == 23 ? place($2) + 0.05294 : NaN):3 with lines ls 4, \
    'finetuning.csv' every ::1 using ($1 == 23 ? place($2) + 0.05294 : NaN):($6 == 1 ? $3 : NaN) with points ls 4
set label '' at screen 0.3375,0.9728 point ls 1
set label "GPT" at screen 0.3628,0.9728 left noenhanced
set label '' at screen 0.4329,0.9728 point ls 2
set label "BERT" at screen 0.4582,0.9728 left noenhanced
set label '' at screen 0.5282,0.9728 point ls 3
set label "T5" at screen 0.5535,0.9728 left noenhanced
set label '' at screen 0.6235,0.9728 point ls 4
set label "LSTM" at screen 0.6488,0.9728 left noenhanced
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset logscale
unset key
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
set samples 2
plot sample \
    [0.3200:0.3551] 0.9728 with lines ls 1, \
    [0.4154:0.4504] 0.9728 with lines ls 2, \
    [0.5107:0.5457] 0.9728 with lines ls 3, \
    [0.6060:0.6411] 0.9728 with lines ls 4, \
    NaN notitle
unset label
set samples 100
set border 3
set xtics nomirror
set ytics nomirror
set autoscale
unset lmargin
unset rmargin
unset tmargin
unset bmargin
unset multiplot
set output
